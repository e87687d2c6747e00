package milepost.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/** A day, a month or a year, kept with the precision it was given: {@code 2018-07-08}, {@code 2018-07}, {@code 2018}. */
public record PartialDate(@JsonValue String text) {
    private static final int YEAR = 4;
    private static final int MONTH = 7;

    /** @throws IllegalArgumentException if the text is none of the three, in the calendar's years 1000 to 9999 */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PartialDate {
        if (!text.matches("[1-9]\\d{3}(-\\d{2}(-\\d{2})?)?") || !exists(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no date: give a day (2018-07-08), a month (2018-07) or a year (2018)");
        }
    }

    public static PartialDate of(LocalDate day) {
        return new PartialDate(day.toString());
    }

    /** The first day it can mean. */
    public LocalDate earliest() {
        return switch (text.length()) {
            case YEAR -> LocalDate.of(Integer.parseInt(text), 1, 1);
            case MONTH -> YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
        };
    }

    /** The last day it can mean. */
    public LocalDate latest() {
        return switch (text.length()) {
            case YEAR -> LocalDate.of(Integer.parseInt(text), 12, 31);
            case MONTH -> YearMonth.parse(text).atEndOfMonth();
            default -> LocalDate.parse(text);
        };
    }

    /** Whether every day it can mean lies before every day the other can mean. */
    public boolean surelyBefore(PartialDate other) {
        return latest().isBefore(other.earliest());
    }

    /** Days from the last day this can mean to the last day the other can mean. */
    public long daysUntil(PartialDate other) {
        return ChronoUnit.DAYS.between(latest(), other.latest());
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean exists(String text) {
        try {
            LocalDate.parse((text + "-01-01").substring(0, 10));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
