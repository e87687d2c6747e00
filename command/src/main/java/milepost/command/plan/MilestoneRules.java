package milepost.command.plan;

import static milepost.command.Reason.MILESTONE_EXISTS;
import static milepost.command.Reason.MILESTONE_MET;
import static milepost.command.Reason.MILESTONE_UNKNOWN;
import static milepost.command.Reason.MILESTONE_WITHDRAWN;

import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/** What may happen to a milestone next. */
final class MilestoneRules {
    private MilestoneRules() {}

    static void admit(Ground ground, MilestoneEvent fact) {
        switch (fact) {
            case MilestoneScheduled e -> begun(ground, e, e.project());
            case MilestoneLogged e -> begun(ground, e, e.project());
            default -> open(ground, fact);
        }
    }

    private static void begun(Ground ground, MilestoneEvent e, @Nullable ProjectId project) {
        ProjectRules.active(ground, project);
        if (ground.known().milestones().containsKey(e.milestone())) {
            throw MILESTONE_EXISTS.rejected(
                    "The plan has a milestone '" + e.milestone() + "' already; choose another id.");
        }
    }

    private static void open(Ground ground, MilestoneEvent e) {
        var known = ground.known().milestones().get(e.milestone());
        if (known == null) {
            throw MILESTONE_UNKNOWN.rejected("The plan has no milestone '" + e.milestone() + "'; schedule it first.");
        }
        ProjectRules.active(ground, known.project());
        var course = Milestone.or(ground.then().milestones().get(e.milestone())).course();
        switch (course.outcome().status()) {
            case MET ->
                throw MILESTONE_MET.rejected("The milestone '" + e.milestone() + "' was met on " + course.metOn()
                        + "; if that is wrong, retract it.");
            case WITHDRAWN ->
                throw MILESTONE_WITHDRAWN.rejected("The milestone '" + e.milestone() + "' was withdrawn before "
                        + e.on() + " was over, and takes no more; if that is wrong, retract it.");
            case SCHEDULED, PARTIALLY_MET, NOT_MET -> {}
        }
    }
}
