package milepost.query.replay;

import java.util.List;
import java.util.stream.Stream;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Recorded;
import milepost.query.Fold;
import milepost.query.history.Cut;
import milepost.query.history.Moment;
import milepost.query.plan.Indicators;
import milepost.query.plan.PlanRows;
import milepost.query.plan.PlanState;
import milepost.query.timeline.TimelineEntry;
import org.jspecify.annotations.Nullable;

/** A plan's record fact by fact, each state from the one before it; only a retraction folds again. */
public final class Replay {
    private final List<Recorded> recorded;

    private Replay(List<Recorded> recorded) {
        this.recorded = recorded;
    }

    /**
     * One fact and what followed from it.
     *
     * @param fact in the words of its own time, retractions and what they took back later included
     * @param indicators after it, as of the instant it was recorded
     */
    public record Step(
            long version, TimelineEntry fact, @Nullable Indicators indicators) {}

    /** A state on the way, and the fact that led to it from the one before. */
    private record Passed(int count, PlanState before, PlanState state) {}

    /**
     * The steps after a version, computed as they are taken.
     *
     * @param recorded every fact of a plan, in stream order
     */
    public static Stream<Step> of(List<Recorded> recorded, long after) {
        return new Replay(recorded).steps(after);
    }

    private Stream<Step> steps(long after) {
        var empty = PlanState.FOLD.empty();
        return new Fold<>(new Passed(0, empty, empty), this::next)
                .states(recorded.stream())
                .filter(at -> at.version() > after)
                .map(at -> step(at.state()));
    }

    private Passed next(Passed passed, Recorded fact) {
        var count = passed.count + 1;
        var state = fact.event() instanceof FactRetracted
                ? Cut.of(recorded.subList(0, count), null)
                        .map(cut -> PlanState.FOLD.of(cut.facts()))
                        .orElse(passed.state)
                : PlanState.FOLD.step().apply(passed.state, fact);
        return new Passed(count, passed.state, state);
    }

    private Step step(Passed passed) {
        var fact = recorded.get(passed.count - 1);
        var entry = switch (fact.event()) {
            case Happening happening -> TimelineEntry.of(passed.before, fact, happening);
            case FactRetracted retraction -> TimelineEntry.of(recorded.subList(0, passed.count - 1), fact, retraction);
        };
        var day = Moment.day(fact.at());
        var indicators =
                PlanRows.of(passed.state, fact).map(rows -> Indicators.of(rows.milestones(), rows.partnerships(), day));
        return new Step(fact.version(), entry, indicators.orElse(null));
    }
}
