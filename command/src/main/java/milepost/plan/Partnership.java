package milepost.plan;

import milepost.event.Dated;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import org.jspecify.annotations.Nullable;

/**
 * One partnership.
 *
 * @param first how it was recorded; absent if facts about it count before it does
 * @param said every fact about it, the latest first
 */
public record Partnership(
        PartnershipId partnership,
        @Nullable PartnershipRecorded first,
        Dated<PartnershipStatus> status,
        Dated<PartnershipEvent> said)
        implements State {
    static Partnership evolve(@Nullable Partnership known, PartnershipEvent fact) {
        var first = known == null ? null : known.first;
        return switch (fact) {
            case PartnershipRecorded e -> known != null && first != null ? known : with(known, e, e, e.status());
            case PartnershipStatusChanged e -> with(known, first, e, e.status());
        };
    }

    private static Partnership with(
            @Nullable Partnership known,
            @Nullable PartnershipRecorded first,
            PartnershipEvent fact,
            PartnershipStatus status) {
        return new Partnership(
                fact.partnership(),
                first,
                Dated.add(known == null ? null : known.status, fact.on(), status),
                Dated.add(known == null ? null : known.said, fact.on(), fact));
    }
}
