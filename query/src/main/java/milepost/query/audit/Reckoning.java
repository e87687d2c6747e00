package milepost.query.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import milepost.log.Moment;

/** Which day the plans of a bundle were shown on, so that what was exported honestly stays honest when that changes. */
public enum Reckoning {
    /** The latest day that had begun somewhere: a due date had passed while it was still that day elsewhere. */
    UTC_14("the day of a plan is that at UTC+14"),
    /** The day that was not over everywhere. */
    UTC_12("the day of a plan is that at UTC-12");

    public static final Reckoning NOW = UTC_12;

    /** As a bundle names it. */
    public final String text;

    Reckoning(String text) {
        this.text = text;
    }

    public static Optional<Reckoning> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
    }

    public LocalDate day(Instant last) {
        return this == UTC_14 ? Moment.begun(last) : Moment.day(last);
    }
}
