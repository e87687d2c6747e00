package milepost.query.plan;

import milepost.event.Dated;
import milepost.event.MilestoneCourse;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * One milestone.
 *
 * @param title the one it was given at first; absent if facts about it count before it does
 * @param said every fact about it, the latest first
 */
public record MilestoneState(
        @Nullable String title,
        @Nullable ProjectId project,
        int weight,
        MilestoneCourse course,
        Dated<MilestoneEvent> said) {
    static MilestoneState evolve(@Nullable MilestoneState known, MilestoneEvent event) {
        var course = (known == null ? MilestoneCourse.NONE : known.course).evolve(event);
        var said = Dated.add(known == null ? null : known.said, event.on(), event);
        return switch (event) {
            case MilestoneScheduled e -> new MilestoneState(e.details().title(), e.project(), e.weight(), course, said);
            case MilestoneLogged e -> new MilestoneState(e.details().title(), e.project(), e.weight(), course, said);
            default ->
                known == null
                        ? new MilestoneState(null, null, 1, course, said)
                        : new MilestoneState(known.title, known.project, known.weight, course, said);
        };
    }
}
