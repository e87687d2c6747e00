package milepost.query.past;

import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Id;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.plan.PlanRecord;
import milepost.query.plan.Indicators;
import milepost.query.plan.Tally;
import milepost.query.timeline.TimelineEntry;
import org.jspecify.annotations.Nullable;

/** A plan's record fact by fact; a step counts again only the part that its fact is about. */
public final class Replay {
    private final Tally tally = new Tally();
    private PlanRecord record = PlanRecord.NONE;

    private Replay() {}

    /**
     * One fact and what followed from it.
     *
     * @param fact in the words of its own time, retractions and what they took back later included
     * @param indicators after it, as of the instant it was recorded
     */
    public record Step(
            long version, TimelineEntry fact, @Nullable Indicators indicators) {}

    /**
     * The steps after a version, computed as they are taken.
     *
     * @param recorded every fact of a plan, in stream order
     */
    public static Stream<Step> of(List<Recorded> recorded, long after) {
        return recorded.stream()
                .gather(Gatherer.<Recorded, Replay, Step>ofSequential(Replay::new, (replay, fact, steps) -> {
                    var entry = TimelineEntry.of(replay.record, fact);
                    replay.take(fact);
                    return fact.version() <= after || steps.push(replay.step(fact, entry));
                }));
    }

    private void take(Recorded fact) {
        var next = record.and(fact);
        about(fact).ifPresent(part -> {
            tally.count(record.part(part), -1);
            tally.count(next.part(part), 1);
        });
        record = next;
    }

    /** The part that a fact changes. */
    private Optional<Id> about(Recorded fact) {
        return switch (fact.event()) {
            case Happening event -> Optional.of(event.about());
            case FactRetracted retraction -> record.fact(retraction.version()).flatMap(this::about);
        };
    }

    private Step step(Recorded fact, TimelineEntry entry) {
        var opened = record.charter().opening() != null;
        return new Step(fact.version(), entry, opened ? tally.on(Moment.day(fact.at())) : null);
    }
}
