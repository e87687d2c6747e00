package milepost.event;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/** What can have happened to one partnership. */
public sealed interface PartnershipEvent extends Happening {
    PartnershipId partnership();

    /** Its title is the partnership's, its organisations the partners; no {@code project}: with the plan as a whole. */
    record PartnershipRecorded(
            PlanId plan,
            PartialDate on,
            PartnershipId partnership,
            @Nullable ProjectId project,
            @Nullable String programme,
            PartnershipStatus status,
            @Nullable Money amount,
            @JsonUnwrapped Details details)
            implements PartnershipEvent {}

    record PartnershipStatusChanged(
            PlanId plan,
            PartialDate on,
            PartnershipId partnership,
            PartnershipStatus status,
            @JsonUnwrapped Details details)
            implements PartnershipEvent {}

    /** Its title, programme, amount and partners, told better; what is absent stays as it was. */
    record PartnershipAmended(
            PlanId plan,
            PartialDate on,
            PartnershipId partnership,
            @Nullable String programme,
            @Nullable Money amount,
            @JsonUnwrapped Details details)
            implements PartnershipEvent, Amendment {
        @Override
        public PartnershipAmended from(PartialDate day) {
            return new PartnershipAmended(plan, day, partnership, programme, amount, details);
        }
    }
}
