package milepost.command.plan;

import static milepost.command.Reason.PARTNERSHIP_ENDED;
import static milepost.command.Reason.PARTNERSHIP_EXISTS;
import static milepost.command.Reason.PARTNERSHIP_UNKNOWN;

import milepost.event.Dated;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;
import milepost.plan.Partnership;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** What may happen to a partnership next. */
final class PartnershipRules {
    private PartnershipRules() {}

    static boolean isAlreadySo(PlanRecord then, PartnershipEvent fact) {
        var known = then.partnership(fact.partnership());
        if (known == null) return false;
        return switch (fact) {
            case PartnershipRecorded e -> known.first() != null;
            case PartnershipStatusChanged e -> Dated.holds(known.status(), e.status());
            case PartnershipAmended e ->
                Dated.keeps(known.titles(), e.details().title())
                        && Dated.keeps(known.programmes(), e.programme())
                        && Dated.keeps(known.amounts(), e.amount())
                        && Dated.keeps(known.partners(), Partnership.partners(e.details()));
        };
    }

    static void admit(PlanRecord plan, PartnershipEvent fact) {
        switch (fact) {
            case PartnershipRecorded e -> recorded(plan, e);
            case PartnershipStatusChanged e -> statusChanged(plan, e);
            case PartnershipAmended e -> amended(plan, e);
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
        var then = then(plan, e);
        if (then != null && Dated.holds(then.status(), PartnershipStatus.ENDED)) {
            throw PARTNERSHIP_ENDED.rejected(
                    "The partnership '" + e.partnership() + "' is ended on " + e.on() + "; record a new one.");
        }
    }

    /** It may be ended: what is told of it can be wrong all the same. */
    private static void amended(PlanRecord plan, PartnershipAmended e) {
        var then = then(plan, e);
        if (then == null || Rules.isEarly(e, then.first())) throw Rules.early("partnership");
    }

    /** As it stood on the fact's day, if it was there. */
    private static @Nullable Partnership then(PlanRecord plan, PartnershipEvent e) {
        if (plan.partnership(e.partnership()) == null) {
            throw PARTNERSHIP_UNKNOWN.rejected(
                    "The plan has no partnership '" + e.partnership() + "'; record it first.");
        }
        return Rules.then(plan, e).partnership(e.partnership());
    }
}
