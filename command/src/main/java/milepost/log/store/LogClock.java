package milepost.log.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The clock that gives facts their {@code at}: it never goes back, so after a moment in which the database's clock was
 * ahead, it stays ahead until that has caught up. How old a fact is, this node then knows by when it first saw it.
 */
@Component
public class LogClock {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int MOST = 3600;

    private final JdbcClient jdbc;
    private final Clock clock;

    /** The log's last positions, and when each was seen first. */
    private final TreeMap<Long, Long> seen = new TreeMap<>();

    LogClock(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * How three clocks stood to each other.
     *
     * @param facts how many there are in the log
     * @param ahead by how many seconds its last time lies ahead of the database's; 0 if it does not
     * @param until its last time, if it lies ahead
     * @param offset by how many seconds the database's clock is ahead of this node's, at least; negative if it is behind
     */
    public record Reading(
            long facts, double ahead, @Nullable Instant until, double offset) {}

    public Reading read() {
        var before = clock.instant();
        return jdbc.sql("""
                        select database, position, case when at > database then at end as until,
                            coalesce(greatest(extract(epoch from at - database), 0), 0) as ahead
                        from (select clock_timestamp() as database) clock
                        left join (select position, at from event_log order by position desc limit 1) last on true
                        """)
                .query((row, i) -> {
                    var until = row.getObject("until", OffsetDateTime.class);
                    return new Reading(
                            row.getLong("position"),
                            row.getDouble("ahead"),
                            until == null ? null : until.toInstant(),
                            offset(
                                    row.getObject("database", OffsetDateTime.class)
                                            .toInstant(),
                                    before,
                                    clock.instant()));
                })
                .single();
    }

    /** An answer that took its time says nothing against a clock within that time. */
    private static double offset(Instant database, Instant before, Instant after) {
        var nearest = database.isBefore(before) ? before : database.isAfter(after) ? after : database;
        return Duration.between(nearest, database).toNanos() / (double) SECOND;
    }

    /**
     * Remembers that the log has come this far.
     *
     * @param position the log's last
     */
    public synchronized void sees(long position) {
        var now = System.nanoTime();
        var last = seen.lastEntry();
        if (last != null && (position <= last.getKey() || now - last.getValue() < SECOND)) return;
        seen.put(position, now);
        if (seen.size() > MOST) seen.pollFirstEntry();
    }

    /**
     * How old a fact is, at least.
     *
     * @param seconds its age by its own time, which may lie ahead
     */
    public synchronized double age(long position, double seconds) {
        var first = seen.ceilingEntry(position);
        return first == null ? seconds : Math.max(seconds, (System.nanoTime() - first.getValue()) / (double) SECOND);
    }
}
