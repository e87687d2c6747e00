package milepost.query.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Id;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.Recorded;
import milepost.query.history.Moment;
import milepost.query.plan.Indicators;
import milepost.query.plan.PlanState;
import milepost.query.plan.Tally;
import milepost.query.timeline.TimelineEntry;
import org.jspecify.annotations.Nullable;

/**
 * A plan's record fact by fact. A fact, or its retraction, changes nothing but the part it is about: so each part is
 * folded by itself, and a step costs no more in a plan of many parts than in one of few.
 */
public final class Replay {
    private final Map<Id, Part> parts = new HashMap<>();
    private final Map<Long, Part> byVersion = new HashMap<>();
    private final Tally tally = new Tally();
    private boolean opened;

    private Replay() {}

    /**
     * One fact and what followed from it.
     *
     * @param fact in the words of its own time, retractions and what they took back later included
     * @param indicators after it, as of the instant it was recorded
     */
    public record Step(
            long version, TimelineEntry fact, @Nullable Indicators indicators) {}

    /** What is said of one part and was not taken back. */
    private static final class Part {
        private final List<Recorded> facts = new ArrayList<>();
        private PlanState state = PlanState.FOLD.empty();
    }

    /**
     * The steps after a version, computed as they are taken.
     *
     * @param recorded every fact of a plan, in stream order
     */
    public static Stream<Step> of(List<Recorded> recorded, long after) {
        return recorded.stream()
                .gather(Gatherer.<Recorded, Replay, Step>ofSequential(Replay::new, (replay, fact, steps) -> {
                    var entry = replay.take(fact);
                    return fact.version() <= after || steps.push(replay.step(fact, entry));
                }));
    }

    private TimelineEntry take(Recorded fact) {
        return switch (fact.event()) {
            case Happening happening -> {
                var part = parts.computeIfAbsent(happening.about(), id -> new Part());
                var entry = TimelineEntry.of(part.state, fact, happening);
                part.facts.add(fact);
                byVersion.put(fact.version(), part);
                become(part, PlanState.FOLD.step().apply(part.state, fact));
                opened |= happening instanceof PlanOpened;
                yield entry;
            }
            case FactRetracted retraction -> {
                var part = byVersion.getOrDefault(retraction.version(), new Part());
                var entry = TimelineEntry.of(part.facts, fact, retraction);
                part.facts.removeIf(known -> known.version() == retraction.version());
                become(part, PlanState.FOLD.of(part.facts));
                yield entry;
            }
        };
    }

    private void become(Part part, PlanState state) {
        tally.count(part.state, -1);
        tally.count(state, 1);
        part.state = state;
    }

    private Step step(Recorded fact, TimelineEntry entry) {
        return new Step(fact.version(), entry, opened ? tally.on(Moment.day(fact.at())) : null);
    }
}
