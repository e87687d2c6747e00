package milepost.query.plan;

import milepost.event.Dated;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;
import org.jspecify.annotations.Nullable;

/**
 * One partnership.
 *
 * @param first how it was recorded; absent if facts about it count before it does
 * @param said every fact about it, the latest first
 */
public record PartnershipState(
        @Nullable PartnershipRecorded first, Dated<PartnershipStatus> status, Dated<PartnershipEvent> said) {
    static PartnershipState evolve(@Nullable PartnershipState known, PartnershipEvent event) {
        var status = known == null ? null : known.status;
        var said = Dated.add(known == null ? null : known.said, event.on(), event);
        return switch (event) {
            case PartnershipRecorded e -> new PartnershipState(e, Dated.add(status, e.on(), e.status()), said);
            case PartnershipStatusChanged e ->
                new PartnershipState(known == null ? null : known.first, Dated.add(status, e.on(), e.status()), said);
        };
    }
}
