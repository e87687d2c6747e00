package milepost.query.past;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import milepost.event.Happening;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.Recorded;
import milepost.event.Years;
import milepost.plan.PlanRecord;
import milepost.query.plan.Indicators;
import milepost.query.plan.PlanRows;

/** The indicators of one plan, or of several added up, day after day. */
public final class Progress {
    private Progress() {}

    /** The numbers of a day, as they are read {@code on} it. */
    public record Point(LocalDate day, @JsonUnwrapped Indicators indicators) {}

    /**
     * The first day of the earliest plan's period, or that a fact counts from, of a plan whose period begins when no
     * plan's does; empty without plans.
     */
    public static Optional<LocalDate> start(List<List<Recorded>> records) {
        return records.stream()
                .flatMap(record -> begin(record).stream())
                .min(LocalDate::compareTo)
                .or(() -> records.stream().flatMap(Progress::days).findAny().map(day -> Years.FIRST_DAY));
    }

    private static Optional<LocalDate> begin(List<Recorded> record) {
        return Stream.concat(periods(record), days(record)).filter(Years::have).findFirst();
    }

    private static Stream<LocalDate> periods(List<Recorded> record) {
        return record.stream()
                .flatMap(fact -> fact.event() instanceof PlanOpened opening ? Stream.of(opening.from()) : Stream.of())
                .map(PartialDate::earliest)
                .sorted();
    }

    private static Stream<LocalDate> days(List<Recorded> record) {
        return record.stream()
                .flatMap(fact -> fact.event() instanceof Happening event ? Stream.of(event.countsFrom()) : Stream.of())
                .sorted();
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
