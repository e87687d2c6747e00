package milepost.command.plan;

import milepost.event.Dated;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;
import org.jspecify.annotations.Nullable;

/** One partnership: how it began, and its status over time. */
record Partnership(
        @Nullable PartnershipRecorded first, @Nullable Dated<PartnershipStatus> status) {
    static Partnership or(@Nullable Partnership known) {
        return known == null ? new Partnership(null, null) : known;
    }

    Partnership evolve(PartnershipEvent event) {
        return switch (event) {
            case PartnershipRecorded e ->
                first == null ? new Partnership(e, Dated.add(status, e.on(), e.status())) : this;
            case PartnershipStatusChanged e -> new Partnership(first, Dated.add(status, e.on(), e.status()));
        };
    }

    /** Whether the fact would leave it standing as it does. */
    boolean says(PartnershipEvent event) {
        return switch (event) {
            case PartnershipRecorded e -> first != null;
            case PartnershipStatusChanged e -> Dated.holds(status, e.status());
        };
    }
}
