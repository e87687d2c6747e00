package milepost.query.plan;

import java.util.List;
import milepost.event.Author;
import milepost.event.Basis;
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
 * @param statement the version by which that was recorded which says how it stands: one fact, of which are on, narrative,
 *     basis and by
 * @param by in which office that was said
 * @param claimedWithoutEvidence whether that was said without evidence
 * @param evidence of all facts about it, the last recorded first
 */
public record PartnershipRow(
        PartnershipId partnership,
        @Nullable ProjectId project,
        String title,
        @Nullable String programme,
        PartnershipStatus status,
        @Nullable Money amount,
        List<Organisation> organisations,
        long statement,
        PartialDate on,
        @Nullable String narrative,
        Basis basis,
        Author by,
        boolean claimedWithoutEvidence,
        List<FactEvidence> evidence) {}
