package milepost.command.plan;

import java.util.List;
import milepost.command.Rejected;
import milepost.command.Target;
import milepost.event.Event;
import milepost.event.PlanId;
import milepost.plan.PlanRecord;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What one may ask of a plan: that one fact be recorded. */
public sealed interface Command permits PlanCommand, ProjectCommand, MilestoneCommand, PartnershipCommand, RetractFact {
    /** What Axon calls all of them: one handler takes them. */
    String NAME = "request";

    Target target();

    /** The fact this asks for; whether it may be recorded is for the rules to say. */
    Event fact();

    /** The same, with what a request leaves for the plan to say. */
    default Event fact(PlanRecord plan) {
        return fact();
    }

    /** Every field that is out of bounds, whatever the plan's state; empty if none is. */
    default List<Rejected.Field> outOfBounds() {
        return Limits.broken(fact(), target().today());
    }

    @TargetAggregateIdentifier
    default PlanId plan() {
        return target().plan();
    }
}
