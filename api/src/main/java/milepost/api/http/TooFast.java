package milepost.api.http;

import java.time.Duration;

/** Refused before anything was looked at, since too much was asked in a short time. */
public final class TooFast extends RuntimeException {
    private final transient Duration wait;

    public TooFast(Duration wait) {
        super("Too many requests; try again in " + seconds(wait) + " s.", null, false, false);
        this.wait = wait;
    }

    /** What the header Retry-After says: whole seconds, at least one. */
    public long retryAfter() {
        return seconds(wait);
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
