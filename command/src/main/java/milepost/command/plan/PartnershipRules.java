package milepost.command.plan;

import static milepost.command.Reason.PARTNERSHIP_ENDED;
import static milepost.command.Reason.PARTNERSHIP_EXISTS;
import static milepost.command.Reason.PARTNERSHIP_UNKNOWN;

import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;
import milepost.plan.PlanRecord;

/** What may happen to a partnership next. */
final class PartnershipRules {
    private PartnershipRules() {}

    static boolean says(PlanRecord then, PartnershipEvent fact) {
        var known = then.partnership(fact.partnership());
        if (known == null) return false;
        return switch (fact) {
            case PartnershipRecorded e -> known.first() != null;
            case PartnershipStatusChanged e -> known.status().value() == e.status();
        };
    }

    static void admit(PlanRecord plan, PartnershipEvent fact) {
        switch (fact) {
            case PartnershipRecorded e -> recorded(plan, e);
            case PartnershipStatusChanged e -> statusChanged(plan, e);
        }
    }

    private static void recorded(PlanRecord plan, PartnershipRecorded e) {
        ProjectRules.active(plan, e, e.project());
        if (plan.partnership(e.partnership()) != null) {
            throw PARTNERSHIP_EXISTS.rejected(
                    "The plan has a partnership '" + e.partnership() + "' already; choose another id.");
        }
    }

    private static void statusChanged(PlanRecord plan, PartnershipStatusChanged e) {
        if (plan.partnership(e.partnership()) == null) {
            throw PARTNERSHIP_UNKNOWN.rejected(
                    "The plan has no partnership '" + e.partnership() + "'; record it first.");
        }
        var then = Rules.then(plan, e).partnership(e.partnership());
        if (then != null && then.status().value() == PartnershipStatus.ENDED) {
            throw PARTNERSHIP_ENDED.rejected(
                    "The partnership '" + e.partnership() + "' is ended on " + e.on() + "; record a new one.");
        }
    }
}
