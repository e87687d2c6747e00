package milepost.query.plan;

import java.util.List;
import milepost.event.Basis;
import milepost.event.Evidence;
import milepost.event.Health;
import milepost.event.PartialDate;
import milepost.event.Phase;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * One project as it stands.
 *
 * @param health of the latest report that gave one
 */
public record ProjectRow(
        ProjectId project,
        String title,
        List<String> focusAreas,
        @Nullable Phase phase,
        @Nullable Health health,
        @Nullable StatusReport statusReport,
        @Nullable PartialDate withdrawnOn,
        @Nullable String narrative,
        Basis basis,
        List<Evidence> evidence) {}
