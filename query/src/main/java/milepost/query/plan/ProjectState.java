package milepost.query.plan;

import java.util.List;
import milepost.event.Dated;
import milepost.event.Details;
import milepost.event.Phase;
import milepost.event.ProjectEvent;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import org.jspecify.annotations.Nullable;

/**
 * One project.
 *
 * @param said what was told with its adding and its renames: its titles
 */
public record ProjectState(
        List<String> focusAreas,
        @Nullable Dated<Details> said,
        @Nullable Dated<Phase> phase,
        @Nullable Dated<ProjectStatusReported> report,
        @Nullable ProjectWithdrawn withdrawal) {
    static ProjectState evolve(@Nullable ProjectState known, ProjectEvent event) {
        return (known == null ? new ProjectState(List.of(), null, null, null, null) : known).evolve(event);
    }

    private ProjectState evolve(ProjectEvent event) {
        return switch (event) {
            case ProjectAdded e ->
                new ProjectState(e.focusAreas(), Dated.add(said, e.on(), e.details()), phase, report, withdrawal);
            case ProjectRenamed e ->
                new ProjectState(focusAreas, Dated.add(said, e.on(), e.details()), phase, report, withdrawal);
            case ProjectPhaseChanged e ->
                new ProjectState(focusAreas, said, Dated.add(phase, e.on(), e.phase()), report, withdrawal);
            case ProjectStatusReported e ->
                new ProjectState(focusAreas, said, phase, Dated.add(report, e.on(), e), withdrawal);
            case ProjectWithdrawn e -> new ProjectState(focusAreas, said, phase, report, e);
        };
    }
}
