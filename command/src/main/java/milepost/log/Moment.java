package milepost.log;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A question about the past: what the record said as of an instant or at a version, and what had happened by a day.
 *
 * @param asOf cuts by when facts were recorded
 * @param version cuts by the number of facts; not beside {@code asOf}
 * @param on leaves only what counts by the day
 */
public record Moment(
        @Nullable Instant asOf,
        @Nullable Long version,
        @Nullable LocalDate on) {
    public static final Moment NOW = new Moment(null, null, null);

    /** Where a day begins first: the day it is anywhere on Earth is not after the day it is here. */
    public static final ZoneOffset FIRST = ZoneOffset.ofHours(14);

    /** Where a day ends last: what is over here is over everywhere on Earth, so that nobody is late before. */
    public static final ZoneOffset LAST = ZoneOffset.ofHours(-12);

    /** The day that is not over everywhere yet, on which numbers are taken at an instant. */
    public static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, LAST);
    }

    /** The latest day that has begun somewhere, of which a fact can be. */
    public static LocalDate begun(Instant instant) {
        return LocalDate.ofInstant(instant, FIRST);
    }

    /** The day that numbers are taken on. */
    public LocalDate day(LocalDate today) {
        if (on != null) return on;
        return asOf == null ? today : day(asOf);
    }

    /** Whether it asks for the live state. */
    public boolean isNow() {
        return equals(NOW);
    }
}
