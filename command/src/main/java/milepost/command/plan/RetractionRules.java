package milepost.command.plan;

import static milepost.command.Reason.FACT_BUILT_UPON;
import static milepost.command.Reason.OPENING_STAYS;
import static milepost.command.Reason.RETRACTION_STAYS;

import java.util.Optional;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;

/** When a fact may be left out: if the rules admit all that remains. */
final class RetractionRules {
    private RetractionRules() {}

    static Optional<Event> decide(PlanRecord plan, FactRetracted retraction) {
        var version = retraction.version();
        var fact = plan.recorded().get(version);
        if (fact == null) {
            throw Rules.outOfBounds(
                    "There is no such fact.", "version", "the plan's last fact has version " + plan.version());
        }
        if (fact.event() instanceof PlanOpened)
            throw OPENING_STAYS.rejected(
                    "The plan's opening cannot be retracted; amend what it says wrongly (POST …/amend).");
        if (fact.event() instanceof FactRetracted) {
            throw RETRACTION_STAYS.rejected("A retraction cannot be retracted; record the fact again instead.");
        }
        if (plan.retracted().contains(version)) return Optional.empty();
        var before = PlanRecord.NONE;
        for (var later : plan.without(version).facts()) {
            if (later.version() > version) check(plan, before, version, later);
            before = before.and(later);
        }
        return Optional.of(retraction);
    }

    /** Passes if a later fact can follow on what was before it without the version, or could not with it either, for the same reason. */
    private static void check(PlanRecord plan, PlanRecord without, long version, Recorded later) {
        var refusal = refusal(without, later);
        if (refusal.isEmpty() || reason(refusal).equals(reason(refusal(plan.before(later.version()), later)))) return;
        throw FACT_BUILT_UPON.rejected("Version " + later.version() + " ("
                + EventTypes.name(later.event().getClass()) + ") builds on it; retract that first. Without version "
                + version + ": " + refusal.get().getMessage());
    }

    private static Optional<Reason> reason(Optional<Rejected> refusal) {
        return refusal.map(Rejected::reason);
    }

    private static Optional<Rejected> refusal(PlanRecord plan, Recorded fact) {
        try {
            Rules.admit(plan, (Happening) fact.event());
            return Optional.empty();
        } catch (Rejected e) {
            return Optional.of(e);
        }
    }
}
