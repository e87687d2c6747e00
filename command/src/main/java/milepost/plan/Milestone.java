package milepost.plan;

import milepost.event.Dated;
import milepost.event.MilestoneCourse;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.Beginning;
import milepost.event.MilestoneId;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * One milestone.
 *
 * @param beginning how it was scheduled or logged at first; absent if facts about it count before it does
 * @param said every fact about it, the latest first
 */
public record Milestone(
        MilestoneId milestone, @Nullable Beginning beginning, MilestoneCourse course, Dated<MilestoneEvent> said)
        implements State {
    public static Milestone evolve(@Nullable Milestone known, MilestoneEvent fact) {
        if (known == null) return with(null, MilestoneCourse.NONE, null, fact);
        if (known.beginning != null && fact instanceof Beginning) return known;
        return with(known.beginning, known.course, known.said, fact);
    }

    private static Milestone with(
            @Nullable Beginning beginning,
            MilestoneCourse course,
            @Nullable Dated<MilestoneEvent> said,
            MilestoneEvent fact) {
        return new Milestone(
                fact.milestone(),
                fact instanceof Beginning first ? first : beginning,
                course.evolve(fact),
                Dated.add(said, fact.on(), fact));
    }

    public @Nullable String title() {
        return beginning == null ? null : beginning.details().title();
    }

    public @Nullable ProjectId project() {
        return beginning == null ? null : beginning.project();
    }

    public int weight() {
        return beginning == null ? 1 : beginning.weight();
    }
}
