package milepost.command.plan;

import static milepost.command.Reason.MILESTONE_EXISTS;
import static milepost.command.Reason.MILESTONE_MET;
import static milepost.command.Reason.MILESTONE_UNKNOWN;
import static milepost.command.Reason.MILESTONE_WITHDRAWN;

import java.util.Objects;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.Beginning;
import milepost.event.MilestoneEvent.Turn;
import milepost.plan.PlanRecord;

/** What may happen to a milestone next. */
final class MilestoneRules {
    private MilestoneRules() {}

    /** A reschedule to the date that holds, or a share that stands already, leaves no difference. */
    static boolean says(PlanRecord then, MilestoneEvent fact) {
        var known = then.milestone(fact.milestone());
        if (known == null) return false;
        return switch (fact) {
            case Beginning e -> known.beginning() != null;
            case Turn e -> {
                var next = known.course().evolve(e);
                yield Objects.equals(known.course().due(), next.due())
                        && known.course().outcome().equals(next.outcome());
            }
        };
    }

    static void admit(PlanRecord plan, MilestoneEvent fact) {
        switch (fact) {
            case Beginning e -> begun(plan, e);
            case Turn e -> open(plan, e);
        }
    }

    private static void begun(PlanRecord plan, Beginning e) {
        ProjectRules.active(plan, e, e.project());
        if (plan.milestone(e.milestone()) != null) {
            throw MILESTONE_EXISTS.rejected(
                    "The plan has a milestone '" + e.milestone() + "' already; choose another id.");
        }
    }

    private static void open(PlanRecord plan, Turn e) {
        var known = plan.milestone(e.milestone());
        if (known == null) {
            throw MILESTONE_UNKNOWN.rejected("The plan has no milestone '" + e.milestone() + "'; schedule it first.");
        }
        ProjectRules.active(plan, e, known.project());
        var then = Rules.then(plan, e).milestone(e.milestone());
        if (then == null) return;
        switch (then.course().outcome().status()) {
            case MET ->
                throw MILESTONE_MET.rejected("The milestone '" + e.milestone() + "' was met on "
                        + then.course().metOn() + "; if that is wrong, retract it.");
            case WITHDRAWN ->
                throw MILESTONE_WITHDRAWN.rejected("The milestone '" + e.milestone() + "' was withdrawn before "
                        + e.on() + " was over, and takes no more; if that is wrong, retract it.");
            case SCHEDULED, PARTIALLY_MET, NOT_MET -> {}
        }
    }
}
