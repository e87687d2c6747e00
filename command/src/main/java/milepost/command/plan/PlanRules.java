package milepost.command.plan;

import static milepost.command.Reason.OFFICER_APPOINTED;
import static milepost.command.Reason.OFFICER_RELIEVED;
import static milepost.command.Reason.OFFICER_UNKNOWN;
import static milepost.command.Reason.PLAN_EXISTS;
import static milepost.command.Reason.PLAN_NO_DRAFT_AGAIN;

import java.util.Optional;
import milepost.event.Dated;
import milepost.event.OfficerId;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;

/** What may happen to the plan itself next. */
final class PlanRules {
    private PlanRules() {}

    static void admit(Ground ground, PlanEvent fact) {
        switch (fact) {
            case PlanOpened e -> opened(ground, e);
            case PlanStatusChanged e -> statusChanged(e);
            case PlanStatusReported e -> {} // a report may always follow
            case OfficerAppointed e -> appointed(ground, e);
            case OfficerRelieved e -> relieved(ground, e);
        }
    }

    private static void opened(Ground ground, PlanOpened e) {
        if (ground.known().opening() != null) {
            throw PLAN_EXISTS.rejected("The plan '" + e.plan() + "' is open already; choose another id.");
        }
    }

    private static void statusChanged(PlanStatusChanged e) {
        if (e.status() == PlanStatus.DRAFT) {
            throw PLAN_NO_DRAFT_AGAIN.rejected("A plan is a draft only until its first status; choose another.");
        }
    }

    private static void appointed(Ground ground, OfficerAppointed e) {
        if (isAppointed(ground.then(), e.officer())) {
            throw OFFICER_APPOINTED.rejected("The officer '" + e.officer() + "' is appointed on " + e.on()
                    + " already; relieve them first or choose another id.");
        }
    }

    private static void relieved(Ground ground, OfficerRelieved e) {
        if (!ground.known().officers().containsKey(e.officer())) {
            throw OFFICER_UNKNOWN.rejected(
                    "No officer '" + e.officer() + "' was ever appointed to the plan '" + e.plan() + "'.");
        }
        if (!isAppointed(ground.then(), e.officer())) {
            throw OFFICER_RELIEVED.rejected("The officer '" + e.officer() + "' is not in office on " + e.on() + ".");
        }
    }

    private static boolean isAppointed(ActionPlan plan, OfficerId officer) {
        return Dated.valueOf(plan.officers().get(officer), Optional.empty()).isPresent();
    }
}
