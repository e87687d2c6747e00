package milepost.query.plan;

import java.util.List;
import milepost.event.Basis;
import milepost.event.Evidence;
import milepost.event.Money;
import milepost.event.Organisation;
import milepost.event.PartialDate;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * One partnership as it stands.
 *
 * @param on when the latest fact about it happened, which narrative, basis and evidence are of; an amendment is none
 */
public record PartnershipRow(
        PartnershipId partnership,
        @Nullable ProjectId project,
        String title,
        @Nullable String programme,
        PartnershipStatus status,
        @Nullable Money amount,
        List<Organisation> organisations,
        PartialDate on,
        @Nullable String narrative,
        Basis basis,
        List<Evidence> evidence) {}
