package milepost.query.past;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;
import milepost.query.plan.Indicators;
import milepost.query.plan.PlanRows;

/** The indicators of one plan, or of several added up, day after day. */
public final class Progress {
    private Progress() {}

    /** The numbers of a day, as they are read {@code on} it. */
    public record Point(LocalDate day, @JsonUnwrapped Indicators indicators) {}

    /** The first day of the earliest plan's period; empty without plans. */
    public static Optional<LocalDate> start(List<List<Recorded>> records) {
        return records.stream()
                .flatMap(List::stream)
                .flatMap(fact -> fact.event() instanceof PlanOpened opening ? Stream.of(opening.from()) : Stream.of())
                .map(from -> from.earliest())
                .min(LocalDate::compareTo);
    }

    /**
     * A point for each of the days, oldest first, on which there was a plan.
     *
     * @param records each plan's facts, in stream order
     */
    public static List<Point> on(List<LocalDate> days, List<List<Recorded>> records) {
        var plans = records.stream()
                .map(record -> PlanRows.on(days, PlanRecord.of(record)))
                .toList();
        return IntStream.range(0, days.size())
                .boxed()
                .flatMap(i ->
                        point(
                                days.get(i),
                                plans.stream()
                                        .flatMap(plan -> plan.get(i).stream())
                                        .toList())
                                .stream())
                .toList();
    }

    private static Optional<Point> point(LocalDate day, List<PlanRows> plans) {
        if (plans.isEmpty()) return Optional.empty();
        var milestones =
                plans.stream().flatMap(plan -> plan.milestones().stream()).toList();
        var partnerships =
                plans.stream().flatMap(plan -> plan.partnerships().stream()).toList();
        return Optional.of(new Point(day, Indicators.of(milestones, partnerships, day)));
    }
}
