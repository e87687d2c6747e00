package milepost.event;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can have happened to one priority project. */
public sealed interface ProjectEvent extends Happening {
    ProjectId project();

    /** Its title is the project's. */
    record ProjectAdded(
            PlanId plan,
            PartialDate on,
            ProjectId project,
            List<String> focusAreas,
            @JsonUnwrapped Details details) implements ProjectEvent {}

    /** Its title is the project's new one. */
    record ProjectRenamed(
            PlanId plan,
            PartialDate on,
            ProjectId project,
            @JsonUnwrapped Details details) implements ProjectEvent {}

    record ProjectPhaseChanged(
            PlanId plan,
            PartialDate on,
            ProjectId project,
            Phase phase,
            @JsonUnwrapped Details details) implements ProjectEvent {}

    /** No {@code health}: only told. */
    record ProjectStatusReported(
            PlanId plan,
            PartialDate on,
            ProjectId project,
            @Nullable Health health,
            @JsonUnwrapped Details details) implements ProjectEvent {}

    record ProjectWithdrawn(
            PlanId plan,
            PartialDate on,
            ProjectId project,
            @JsonUnwrapped Details details) implements ProjectEvent {}
}
