package milepost.command.plan;

import milepost.command.Target;
import milepost.event.FactRetracted;

/** Asks that a wrong fact be left out from now on. */
public record RetractFact(Target target, long version, String reason) implements Command {
    @Override
    public FactRetracted fact() {
        return new FactRetracted(plan(), version, reason);
    }
}
