package milepost.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A day, a month or a year, kept with the precision it was given: {@code 2018-07-08}, {@code 2018-07}, {@code 2018}. */
public final class PartialDate {
    private static final Pattern FORM = Pattern.compile("[1-9]\\d{3}(-\\d{2}(-\\d{2})?)?");
    private static final int YEAR = 4;
    private static final int MONTH = 7;

    private final String text;
    private final LocalDate earliest;
    private final LocalDate latest;

    /** @throws IllegalArgumentException if the text is none of the three, in the calendar's years 1000 to 9999 */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PartialDate(String text) {
        this.text = text;
        this.earliest = first(text);
        this.latest = switch (text.length()) {
            case YEAR -> earliest.with(TemporalAdjusters.lastDayOfYear());
            case MONTH -> earliest.with(TemporalAdjusters.lastDayOfMonth());
            default -> earliest;
        };
    }

    private static LocalDate first(String text) {
        try {
            if (FORM.matcher(text).matches()) {
                return LocalDate.of(
                        Integer.parseInt(text, 0, YEAR, 10),
                        text.length() > YEAR ? Integer.parseInt(text, YEAR + 1, MONTH, 10) : 1,
                        text.length() > MONTH ? Integer.parseInt(text, MONTH + 1, text.length(), 10) : 1);
            }
        } catch (DateTimeException e) {
            // Falls through: the calendar does not have it.
        }
        throw new IllegalArgumentException("'" + text + "' is no date: " + OtherForm.advice(text));
    }

    public static PartialDate of(LocalDate day) {
        return new PartialDate(day.toString());
    }

    @JsonValue
    public String text() {
        return text;
    }

    /** The first day it can mean. */
    public LocalDate earliest() {
        return earliest;
    }

    /** The last day it can mean. */
    public LocalDate latest() {
        return latest;
    }

    /** Whether every day it can mean lies before every day the other can mean. */
    public boolean surelyBefore(PartialDate other) {
        return latest.isBefore(other.earliest);
    }

    /** Days from the last day this can mean to the last day the other can mean. */
    public long daysUntil(PartialDate other) {
        return ChronoUnit.DAYS.between(latest, other.latest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartialDate date && text.equals(date.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
