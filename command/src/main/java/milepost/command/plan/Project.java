package milepost.command.plan;

import milepost.event.Dated;
import milepost.event.Phase;
import milepost.event.ProjectEvent;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import org.jspecify.annotations.Nullable;

/** One project: its name, phase and latest report over time, and since when it is withdrawn. */
record Project(
        @Nullable Dated<@Nullable String> title,
        @Nullable Dated<Phase> phase,
        @Nullable Dated<ProjectStatusReported> report,
        @Nullable ProjectWithdrawn withdrawal) {
    static Project or(@Nullable Project known) {
        return known == null ? new Project(null, null, null, null) : known;
    }

    Project evolve(ProjectEvent event) {
        return switch (event) {
            case ProjectAdded e ->
                title == null
                        ? new Project(Dated.add(null, e.on(), e.details().title()), phase, report, withdrawal)
                        : this;
            case ProjectRenamed e ->
                new Project(Dated.add(title, e.on(), e.details().title()), phase, report, withdrawal);
            case ProjectPhaseChanged e -> new Project(title, Dated.add(phase, e.on(), e.phase()), report, withdrawal);
            case ProjectStatusReported e -> new Project(title, phase, Dated.add(report, e.on(), e), withdrawal);
            case ProjectWithdrawn e -> withdrawal == null ? new Project(title, phase, report, e) : this;
        };
    }

    /** Whether the fact would leave it standing as it does. */
    boolean says(ProjectEvent event) {
        return switch (event) {
            case ProjectAdded e -> title != null;
            case ProjectRenamed e -> Dated.holds(title, e.details().title());
            case ProjectPhaseChanged e -> Dated.holds(phase, e.phase());
            case ProjectStatusReported e -> Dated.holds(report, e);
            case ProjectWithdrawn e -> withdrawal != null;
        };
    }
}
