package milepost.command.plan;

import static milepost.command.Reason.OFFICER_APPOINTED;
import static milepost.command.Reason.OFFICER_RELIEVED;
import static milepost.command.Reason.OFFICER_UNKNOWN;
import static milepost.command.Reason.PLAN_EXISTS;
import static milepost.command.Reason.PLAN_NO_DRAFT_AGAIN;

import java.util.Objects;
import java.util.Optional;
import milepost.event.Dated;
import milepost.event.OfficerId;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.plan.Officer;
import milepost.plan.PlanRecord;

/** What may happen to the plan itself next. */
final class PlanRules {
    private PlanRules() {}

    static boolean isAlreadySo(PlanRecord then, PlanEvent fact) {
        return switch (fact) {
            case PlanOpened e -> then.charter().opening() != null;
            case PlanAmended e -> {
                var told = then.charter().told();
                yield told != null && e.amended(told).equals(told);
            }
            case PlanStatusChanged e -> Dated.holds(then.charter().status(), e.status());
            case PlanStatusReported e -> Dated.holds(then.charter().report(), e);
            case OfficerAppointed e ->
                appointment(then, e.officer()).filter(held -> isSame(held, e)).isPresent();
            case OfficerRelieved e ->
                then.officer(e.officer()) != null
                        && appointment(then, e.officer()).isEmpty();
        };
    }

    private static boolean isSame(OfficerAppointed one, OfficerAppointed other) {
        return one.role() == other.role()
                && one.name().equals(other.name())
                && Objects.equals(one.designation(), other.designation());
    }

    static void admit(PlanRecord plan, PlanEvent fact) {
        switch (fact) {
            case PlanOpened e -> opened(plan, e);
            case PlanAmended e -> amended(plan, e);
            case PlanStatusChanged e -> statusChanged(plan, e);
            case PlanStatusReported e -> {} // a report may always follow
            case OfficerAppointed e -> appointed(plan, e);
            case OfficerRelieved e -> relieved(plan, e);
        }
    }

    private static void opened(PlanRecord plan, PlanOpened e) {
        if (plan.charter().opening() != null) {
            throw PLAN_EXISTS.rejected("The plan '" + e.plan() + "' is open already; choose another id.");
        }
    }

    /** No period of the plan, as it is told of any day, ends before it begins. */
    private static void amended(PlanRecord plan, PlanAmended e) {
        if (Rules.isEarly(e, plan.charter().opening())) throw Rules.early("plan");
        if (e.from() == null && e.to() == null) return;
        for (var told : plan.charter().and(e).toldOverTime()) {
            if (told.to().surelyBefore(told.from())) {
                throw Rules.outOfBounds(
                        "The plan would end before it begins.",
                        e.to() == null ? "from" : "to",
                        "leaves the plan to run from " + told.from() + " to " + told.to() + "; give both to move it");
            }
        }
    }

    /** Alerts end with these, so promises that are open are not given up without a word. */
    private static void statusChanged(PlanRecord plan, PlanStatusChanged e) {
        if (e.status() == PlanStatus.DRAFT) {
            throw PLAN_NO_DRAFT_AGAIN.rejected("A plan is a draft only until its first status; choose another.");
        }
        if (!restsWith(e.status()) || e.details().reason() != null) return;
        var open = MilestoneRules.stillOpen(plan, e)
                .map(known -> known.milestone().text())
                .sorted()
                .toList();
        if (!open.isEmpty()) {
            throw Rules.outOfBounds(
                    "The plan has open milestones.",
                    "reason",
                    "is required while milestones are open: settle or withdraw them first, or say why the plan is "
                            + e.status().code + " without them (" + String.join(", ", open) + ")");
        }
    }

    /** Whether nothing more is expected of a plan that stands so. */
    private static boolean restsWith(PlanStatus status) {
        return switch (status) {
            case SUSPENDED, COMPLETED, CLOSED -> true;
            case DRAFT, ENDORSED, IN_PROGRESS -> false;
        };
    }

    private static void appointed(PlanRecord plan, OfficerAppointed e) {
        if (appointment(Rules.then(plan, e), e.officer()).isPresent()) {
            throw OFFICER_APPOINTED.rejected("The officer '" + e.officer() + "' is appointed on " + e.on()
                    + " already; relieve them first or choose another id.");
        }
    }

    private static void relieved(PlanRecord plan, OfficerRelieved e) {
        if (plan.officer(e.officer()) == null) {
            throw OFFICER_UNKNOWN.rejected(
                    "No officer '" + e.officer() + "' was ever appointed to the plan '" + e.plan() + "'.");
        }
        if (appointment(Rules.then(plan, e), e.officer()).isEmpty()) {
            throw OFFICER_RELIEVED.rejected("The officer '" + e.officer() + "' is not in office on " + e.on()
                    + "; give a day on which they are, or, if they were, record that appointment first.");
        }
    }

    private static Optional<OfficerAppointed> appointment(PlanRecord then, OfficerId id) {
        return Optional.ofNullable(then.officer(id)).flatMap(Officer::appointment);
    }
}
