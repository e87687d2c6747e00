package milepost.api.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One end of a comparison, as a parameter gives it. */
sealed interface ComparedMoment {
    Pattern VERSION = Pattern.compile("v(\\d{1,18})");
    Pattern DAY = Pattern.compile("[1-9]\\d{3}-\\d{2}-\\d{2}");
    Pattern INSTANT = Pattern.compile(DAY + "[Tt].*");

    /** Goes with any of the others. */
    record Now() implements ComparedMoment {}

    record Version(long number) implements ComparedMoment {}

    record At(Instant instant) implements ComparedMoment {}

    record Day(LocalDate date) implements ComparedMoment {}

    /** What the text means; null if it has none of the forms. */
    static @Nullable ComparedMoment read(String text) {
        try {
            var version = VERSION.matcher(text);
            if (version.matches()) return new Version(Long.parseLong(version.group(1)));
            if (DAY.matcher(text).matches()) return new Day(LocalDate.parse(text));
            if (INSTANT.matcher(text).matches())
                return new At(OffsetDateTime.parse(text).toInstant());
            return text.equals("now") ? new Now() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether the two can be the ends of one comparison. */
    default boolean goesWith(ComparedMoment other) {
        return this instanceof Now || other instanceof Now || getClass() == other.getClass();
    }
}
