package milepost.command.plan;

import static milepost.command.Reason.PARTNERSHIP_ENDED;
import static milepost.command.Reason.PARTNERSHIP_EXISTS;
import static milepost.command.Reason.PARTNERSHIP_UNKNOWN;

import milepost.event.Dated;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;

/** What may happen to a partnership next. */
final class PartnershipRules {
    private PartnershipRules() {}

    static void admit(Ground ground, PartnershipEvent fact) {
        switch (fact) {
            case PartnershipRecorded e -> recorded(ground, e);
            case PartnershipStatusChanged e -> statusChanged(ground, e);
        }
    }

    private static void recorded(Ground ground, PartnershipRecorded e) {
        ProjectRules.active(ground, e.project());
        if (ground.known().partnerships().containsKey(e.partnership())) {
            throw PARTNERSHIP_EXISTS.rejected(
                    "The plan has a partnership '" + e.partnership() + "' already; choose another id.");
        }
    }

    private static void statusChanged(Ground ground, PartnershipStatusChanged e) {
        if (!ground.known().partnerships().containsKey(e.partnership())) {
            throw PARTNERSHIP_UNKNOWN.rejected(
                    "The plan has no partnership '" + e.partnership() + "'; record it first.");
        }
        var then = Partnership.or(ground.then().partnerships().get(e.partnership()));
        if (Dated.valueOf(then.status(), PartnershipStatus.PROPOSED) == PartnershipStatus.ENDED) {
            throw PARTNERSHIP_ENDED.rejected(
                    "The partnership '" + e.partnership() + "' is ended on " + e.on() + "; record a new one.");
        }
    }
}
