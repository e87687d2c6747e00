package milepost.plan;

import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.Phase;
import milepost.event.ProjectEvent;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.ProjectId;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * One project.
 *
 * @param added how it began; absent if that does not stand
 * @param said its adding and its renames, the latest first
 * @param withdrawal the one of the earliest day
 */
public record Project(
        ProjectId project,
        @Nullable ProjectAdded added,
        @Nullable Dated<Recorded> said,
        @Nullable Dated<Phase> phase,
        @Nullable Dated<ProjectStatusReported> report,
        @Nullable ProjectWithdrawn withdrawal)
        implements State {
    @Override
    public @Nullable Happening beginning() {
        return added;
    }

    static Project evolve(@Nullable Project known, ProjectEvent fact, Recorded recorded) {
        return (known == null ? new Project(fact.project(), null, null, null, null, null) : known)
                .evolve(fact, recorded);
    }

    private Project evolve(ProjectEvent fact, Recorded recorded) {
        return switch (fact) {
            case ProjectAdded e ->
                added == null
                        ? new Project(project, e, Dated.add(said, e.on(), recorded), phase, report, withdrawal)
                        : this;
            case ProjectRenamed e ->
                new Project(project, added, Dated.add(said, e.on(), recorded), phase, report, withdrawal);
            case ProjectPhaseChanged e ->
                new Project(project, added, said, Dated.add(phase, e.on(), e.phase()), report, withdrawal);
            case ProjectStatusReported e ->
                new Project(project, added, said, phase, Dated.add(report, e.on(), e), withdrawal);
            case ProjectWithdrawn e ->
                withdrawal == null || e.on().surelyBefore(withdrawal.on())
                        ? new Project(project, added, said, phase, report, e)
                        : this;
        };
    }

    public @Nullable String title() {
        return said == null
                ? null
                : ((ProjectEvent) said.value().event()).details().title();
    }
}
