package milepost.plan;

import milepost.event.Dated;
import milepost.event.MilestoneCourse;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.Beginning;
import milepost.event.MilestoneEvent.Turn;
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
        var beginning = known == null ? null : known.beginning;
        return switch (fact) {
            case Beginning e -> known != null && beginning != null ? known : with(known, e, e);
            case Turn e -> with(known, beginning, e);
        };
    }

    private static Milestone with(@Nullable Milestone known, @Nullable Beginning beginning, MilestoneEvent fact) {
        return new Milestone(
                fact.milestone(),
                beginning,
                (known == null ? MilestoneCourse.NONE : known.course).evolve(fact),
                Dated.add(known == null ? null : known.said, fact.on(), fact));
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
