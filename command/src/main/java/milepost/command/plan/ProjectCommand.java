package milepost.command.plan;

import java.util.List;
import milepost.command.Target;
import milepost.event.Details;
import milepost.event.Health;
import milepost.event.PartialDate;
import milepost.event.Phase;
import milepost.event.ProjectEvent;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/** What one may ask of one project. */
public sealed interface ProjectCommand extends Command {
    @Override
    ProjectEvent fact();

    record AddProject(Target target, PartialDate on, ProjectId project, List<String> focusAreas, Details details)
            implements ProjectCommand {
        @Override
        public ProjectAdded fact() {
            return new ProjectAdded(plan(), on, project, focusAreas, details);
        }
    }

    record RenameProject(Target target, PartialDate on, ProjectId project, Details details) implements ProjectCommand {
        @Override
        public ProjectRenamed fact() {
            return new ProjectRenamed(plan(), on, project, details);
        }
    }

    record ChangeProjectPhase(Target target, PartialDate on, ProjectId project, Phase phase, Details details)
            implements ProjectCommand {
        @Override
        public ProjectPhaseChanged fact() {
            return new ProjectPhaseChanged(plan(), on, project, phase, details);
        }
    }

    record ReportProjectStatus(
            Target target,
            PartialDate on,
            ProjectId project,
            @Nullable Health health,
            Details details) implements ProjectCommand {
        @Override
        public ProjectStatusReported fact() {
            return new ProjectStatusReported(plan(), on, project, health, details);
        }
    }

    record WithdrawProject(Target target, PartialDate on, ProjectId project, Details details)
            implements ProjectCommand {
        @Override
        public ProjectWithdrawn fact() {
            return new ProjectWithdrawn(plan(), on, project, details);
        }
    }
}
