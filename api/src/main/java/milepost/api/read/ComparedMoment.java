package milepost.api.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import milepost.event.PartialDate;

/** One end of a comparison, as a parameter gives it. */
sealed interface ComparedMoment {
    Pattern VERSION = Pattern.compile("v(\\d{1,18})");
    Pattern INSTANT = Pattern.compile("[1-9]\\d{3}-\\d{2}-\\d{2}[Tt].*");

    /** Goes with any of the others. */
    record Now() implements ComparedMoment {}

    record Version(long number) implements ComparedMoment {}

    record At(Instant instant) implements ComparedMoment {}

    record Day(LocalDate date) implements ComparedMoment {}

    /**
     * What the text means; of a month or a year its last day.
     *
     * @throws IllegalArgumentException if it has none of the forms
     */
    static ComparedMoment read(String text) {
        var version = VERSION.matcher(text);
        if (version.matches()) return new Version(Long.parseLong(version.group(1)));
        if (text.equals("now")) return new Now();
        try {
            if (INSTANT.matcher(text).matches())
                return new At(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no instant", e);
        }
        return new Day(new PartialDate(text).latest());
    }

    /** Whether the two can be the ends of one comparison. */
    default boolean goesWith(ComparedMoment other) {
        return this instanceof Now || other instanceof Now || getClass() == other.getClass();
    }
}
