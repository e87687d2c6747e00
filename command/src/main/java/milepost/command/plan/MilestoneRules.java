package milepost.command.plan;

import static milepost.command.Reason.MILESTONE_EXISTS;
import static milepost.command.Reason.MILESTONE_MET;
import static milepost.command.Reason.MILESTONE_UNKNOWN;
import static milepost.command.Reason.MILESTONE_WITHDRAWN;

import java.util.Objects;
import java.util.stream.Stream;
import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.Beginning;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.MilestoneEvent.Turn;
import milepost.event.MilestoneStatus;
import milepost.plan.Milestone;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** What may happen to a milestone next. */
final class MilestoneRules {
    private MilestoneRules() {}

    /** A reschedule to the date that holds, or a share that stands already, leaves no difference. */
    static boolean isAlreadySo(PlanRecord then, MilestoneEvent fact) {
        var known = then.milestone(fact.milestone());
        if (known == null) return false;
        return switch (fact) {
            case Beginning e -> known.beginning() != null;
            case MilestoneAmended e ->
                Dated.keeps(known.titles(), e.details().title())
                        && (e.project() == null || e.project().equals(known.project()))
                        && Dated.keeps(known.weights(), e.weight());
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
            case MilestoneAmended e -> amended(plan, e);
            case MilestoneWithdrawn e -> {
                open(plan, e);
                Rules.reasoned(e);
            }
            case Turn e -> open(plan, e);
        }
    }

    /** Those that are open once the fact's day is over, or begin later. */
    static Stream<Milestone> stillOpen(PlanRecord plan, Happening fact) {
        var then = Rules.then(plan, fact);
        return plan.parts().stream()
                .flatMap(part -> part.state() instanceof Milestone known ? Stream.of(known) : Stream.of())
                .filter(known -> isOpen(then.milestone(known.milestone())));
    }

    private static boolean isOpen(@Nullable Milestone then) {
        if (then == null) return true; // it has not begun
        var status = then.course().outcome().status();
        return status == MilestoneStatus.SCHEDULED || status == MilestoneStatus.PARTIALLY_MET;
    }

    private static void begun(PlanRecord plan, Beginning e) {
        ProjectRules.active(plan, e, e.project());
        if (plan.milestone(e.milestone()) != null) {
            throw MILESTONE_EXISTS.rejected(
                    "The plan has a milestone '" + e.milestone() + "' already; choose another id.");
        }
    }

    private static void open(PlanRecord plan, Turn e) {
        var then = then(plan, e);
        if (then != null && then.course().outcome().status() == MilestoneStatus.MET) {
            throw MILESTONE_MET.rejected("The milestone '" + e.milestone() + "' was met on "
                    + then.course().metOn() + "; if that is wrong, retract it.");
        }
    }

    /** It may be met: what is told of it can be wrong all the same. */
    private static void amended(PlanRecord plan, MilestoneAmended e) {
        var then = then(plan, e);
        if (then == null || Rules.isEarly(e, then.beginning())) throw Rules.early("milestone");
        ProjectRules.active(plan, e, e.project());
        if (!Dated.keeps(then.weights(), e.weight()) && e.details().reason() == null) {
            throw Rules.outOfBounds(
                    "A changed weight needs a reason.",
                    "reason",
                    "is required: earned and planned value are rewritten from weight " + then.weight() + " to "
                            + e.weight() + "; say why, or leave weight out");
        }
    }

    /** As it stood on the fact's day, if it was there, and takes a fact. */
    private static @Nullable Milestone then(PlanRecord plan, MilestoneEvent e) {
        var known = plan.milestone(e.milestone());
        if (known == null) {
            throw MILESTONE_UNKNOWN.rejected("The plan has no milestone '" + e.milestone() + "'; schedule it first.");
        }
        var then = Rules.then(plan, e).milestone(e.milestone());
        ProjectRules.active(plan, e, (then == null || then.beginning() == null ? known : then).project());
        if (then != null && then.course().outcome().status() == MilestoneStatus.WITHDRAWN) {
            throw MILESTONE_WITHDRAWN.rejected("The milestone '" + e.milestone() + "' was withdrawn before " + e.on()
                    + " was over, and takes no more; if that is wrong, retract it.");
        }
        return then;
    }
}
