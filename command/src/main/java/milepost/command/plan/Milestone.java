package milepost.command.plan;

import java.util.Objects;
import milepost.event.MilestoneCourse;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/** One milestone: how it began, and its course since. */
record Milestone(@Nullable MilestoneEvent first, @Nullable ProjectId project, MilestoneCourse course) {
    static Milestone or(@Nullable Milestone known) {
        return known == null ? new Milestone(null, null, MilestoneCourse.NONE) : known;
    }

    Milestone evolve(MilestoneEvent event) {
        return switch (event) {
            case MilestoneScheduled e -> begin(e, e.project());
            case MilestoneLogged e -> begin(e, e.project());
            default -> new Milestone(first, project, course.evolve(event));
        };
    }

    /** A reschedule to the date that holds, or a share that stands already, leaves no difference. */
    boolean standsLike(Milestone other) {
        return Objects.equals(first, other.first)
                && Objects.equals(course.due(), other.course.due())
                && course.outcome().equals(other.course.outcome());
    }

    private Milestone begin(MilestoneEvent event, @Nullable ProjectId of) {
        return first == null ? new Milestone(event, of, course.evolve(event)) : this;
    }
}
