package milepost.command.plan;

import static java.util.stream.Collectors.joining;
import static milepost.command.Reason.PROJECT_EXISTS;
import static milepost.command.Reason.PROJECT_HAS_OPEN_MILESTONES;
import static milepost.command.Reason.PROJECT_UNKNOWN;
import static milepost.command.Reason.PROJECT_WITHDRAWN;

import milepost.event.MilestoneStatus;
import milepost.event.ProjectEvent;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/** What may happen to a project next. */
final class ProjectRules {
    private ProjectRules() {}

    static void admit(Ground ground, ProjectEvent fact) {
        switch (fact) {
            case ProjectAdded e -> added(ground, e);
            case ProjectWithdrawn e -> withdrawn(ground, e);
            default -> active(ground, fact.project());
        }
    }

    /** Passes if there is such a project and it was not withdrawn then; none at all is the plan itself. */
    static void active(Ground ground, @Nullable ProjectId id) {
        if (id == null) return;
        if (!ground.known().projects().containsKey(id)) {
            throw PROJECT_UNKNOWN.rejected("The plan has no project '" + id + "'; add it first.");
        }
        var project = ground.then().projects().get(id);
        if (project != null && project.withdrawal() != null) {
            throw PROJECT_WITHDRAWN.rejected("The project '" + id + "' was withdrawn on "
                    + project.withdrawal().on() + " and takes no more; if that is wrong, retract it.");
        }
    }

    private static void added(Ground ground, ProjectAdded e) {
        if (ground.known().projects().containsKey(e.project())) {
            throw PROJECT_EXISTS.rejected("The plan has a project '" + e.project() + "' already; choose another id.");
        }
    }

    private static void withdrawn(Ground ground, ProjectWithdrawn e) {
        active(ground, e.project());
        var then = ground.then().milestones();
        var open = ground.known().milestones().entrySet().stream()
                .filter(m -> e.project().equals(m.getValue().project()))
                .filter(m -> isOpen(Milestone.or(then.get(m.getKey()))))
                .map(m -> m.getKey().text())
                .sorted()
                .collect(joining(", "));
        if (!open.isEmpty()) {
            throw PROJECT_HAS_OPEN_MILESTONES.rejected("The project '" + e.project()
                    + "' has milestones that were open on " + e.on()
                    + " or began later; give a later day, or settle or withdraw them first: " + open + ".");
        }
    }

    /** Also while it has not begun. */
    private static boolean isOpen(Milestone milestone) {
        var status = milestone.course().outcome().status();
        return status == MilestoneStatus.SCHEDULED || status == MilestoneStatus.PARTIALLY_MET;
    }
}
