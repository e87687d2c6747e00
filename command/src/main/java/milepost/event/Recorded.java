package milepost.event;

import java.time.Instant;

/**
 * A fact in the log.
 *
 * @param position in the log, over all streams, without holes; those of one plan, or of all plans, have some
 * @param version of the plan once it was recorded: its number on the plan's stream, from 1
 * @param at when it was recorded; never goes back along the log
 */
public record Recorded(long position, long version, Instant at, Author by, Event event) {
    /** For those who may know of authors only in what office they recorded. */
    public Recorded withAuthorWithheld() {
        return new Recorded(position, version, at, by.withheld(), event);
    }
}
