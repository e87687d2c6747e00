package milepost.command.plan;

import static java.util.stream.Collectors.joining;
import static milepost.command.Reason.PROJECT_EXISTS;
import static milepost.command.Reason.PROJECT_HAS_OPEN_MILESTONES;
import static milepost.command.Reason.PROJECT_UNKNOWN;
import static milepost.command.Reason.PROJECT_WITHDRAWN;

import java.util.Objects;
import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.ProjectEvent;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.ProjectId;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** What may happen to a project next. */
final class ProjectRules {
    private ProjectRules() {}

    static boolean isAlreadySo(PlanRecord then, ProjectEvent fact) {
        var known = then.project(fact.project());
        if (known == null) return false;
        return switch (fact) {
            case ProjectAdded e -> known.added() != null;
            case ProjectRenamed e ->
                known.said() != null
                        && Objects.equals(known.title(), e.details().title());
            case ProjectPhaseChanged e -> Dated.holds(known.phase(), e.phase());
            case ProjectStatusReported e -> Dated.holds(known.report(), e);
            case ProjectWithdrawn e -> known.withdrawal() != null;
        };
    }

    static void admit(PlanRecord plan, ProjectEvent fact) {
        switch (fact) {
            case ProjectAdded e -> added(plan, e);
            case ProjectWithdrawn e -> withdrawn(plan, e);
            case ProjectRenamed e -> active(plan, e, e.project());
            case ProjectPhaseChanged e -> active(plan, e, e.project());
            case ProjectStatusReported e -> active(plan, e, e.project());
        }
    }

    /** Passes if there is such a project and it was not withdrawn then; none at all is the plan itself. */
    static void active(PlanRecord plan, Happening fact, @Nullable ProjectId id) {
        if (id == null) return;
        var project = plan.project(id);
        if (project == null) throw PROJECT_UNKNOWN.rejected("The plan has no project '" + id + "'; add it first.");
        if (project.withdrawal() == null) return; // so it was withdrawn on no day
        var then = Rules.then(plan, fact).project(id);
        if (then != null && then.withdrawal() != null) {
            throw PROJECT_WITHDRAWN.rejected("The project '" + id + "' was withdrawn on "
                    + then.withdrawal().on() + " and takes no more; if that is wrong, retract it.");
        }
    }

    private static void added(PlanRecord plan, ProjectAdded e) {
        if (plan.project(e.project()) != null) {
            throw PROJECT_EXISTS.rejected("The plan has a project '" + e.project() + "' already; choose another id.");
        }
    }

    private static void withdrawn(PlanRecord plan, ProjectWithdrawn e) {
        active(plan, e, e.project());
        var open = MilestoneRules.stillOpen(plan, e)
                .filter(known -> known.belongsTo(e.project(), e.on().latest()))
                .map(known -> known.milestone().text())
                .sorted()
                .collect(joining(", "));
        if (!open.isEmpty()) {
            throw PROJECT_HAS_OPEN_MILESTONES.rejected("The project '" + e.project()
                    + "' has milestones that were open on " + e.on()
                    + " or began later; give a later day, or settle or withdraw them first: " + open + ".");
        }
        Rules.reasoned(e);
    }
}
