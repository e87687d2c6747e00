package milepost.query.past;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.stream.Stream;

/** What lies between two points of a series. */
public enum Period {
    /** From Monday to Sunday. */
    WEEK("week"),
    MONTH("month"),
    QUARTER("quarter"),
    YEAR("year");

    public final String code;

    Period(String code) {
        this.code = code;
    }

    /** The last day of each period that is over by {@code to}, and {@code to} itself. */
    public Stream<LocalDate> days(LocalDate from, LocalDate to) {
        return Stream.concat(
                Stream.iterate(end(from), day -> day.isBefore(to), day -> end(day.plusDays(1))), Stream.of(to));
    }

    /** {@code from}, or the first day that is not so long before {@code to} that there would be more than {@code points}. */
    public LocalDate latest(LocalDate from, LocalDate to, int points) {
        var earliest = switch (this) {
            case WEEK -> to.minusWeeks(points - 2L);
            case MONTH -> to.minusMonths(points - 2L);
            case QUARTER -> to.minusMonths(3 * (points - 2L));
            case YEAR -> to.minusYears(points - 2L);
        };
        return from.isBefore(earliest) ? earliest : from;
    }

    private LocalDate end(LocalDate day) {
        return switch (this) {
            case WEEK -> day.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
            case MONTH -> day.with(TemporalAdjusters.lastDayOfMonth());
            case QUARTER ->
                day.with(IsoFields.DAY_OF_QUARTER, 1).plusMonths(2).with(TemporalAdjusters.lastDayOfMonth());
            case YEAR -> day.with(TemporalAdjusters.lastDayOfYear());
        };
    }
}
