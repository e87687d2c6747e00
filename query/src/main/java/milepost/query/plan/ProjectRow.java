package milepost.query.plan;

import java.util.List;
import milepost.event.Author;
import milepost.event.Basis;
import milepost.event.Health;
import milepost.event.PartialDate;
import milepost.event.Phase;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * One project as it stands.
 *
 * @param health of the latest report that gave one
 * @param statement the version by which that was recorded which says what it is called: one fact, of which are on,
 *     narrative, basis and by; absent, as they are, if neither its adding nor a rename stands
 * @param by in which office that was said
 * @param evidence of all facts about it, the last recorded first
 */
public record ProjectRow(
        ProjectId project,
        String title,
        List<String> focusAreas,
        @Nullable Phase phase,
        @Nullable Health health,
        @Nullable StatusReport statusReport,
        @Nullable PartialDate withdrawnOn,
        @Nullable Long statement,
        @Nullable PartialDate on,
        @Nullable String narrative,
        Basis basis,
        @Nullable Author by,
        List<FactEvidence> evidence) {}
