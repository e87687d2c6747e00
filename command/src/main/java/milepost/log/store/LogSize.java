package milepost.log.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the database takes on its disk, as it was looked at last: that looks at each of its files, so no scrape does it. */
@Component
public class LogSize {
    private static final int LONGEST_SECONDS = 5;

    private final JdbcClient jdbc;
    private volatile @Nullable Bytes last;

    LogSize(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Bytes on the disk.
     *
     * @param database all of it
     * @param log the log's table with its indexes
     */
    public record Bytes(long database, long log) {}

    /** Waits behind who has the log's table for itself, but not for long. */
    public void look() {
        last = jdbc.sql("""
                        select pg_database_size(current_database()) as database, pg_total_relation_size('event_log') as log
                        """)
                .withQueryTimeout(LONGEST_SECONDS)
                .query((row, i) -> new Bytes(row.getLong("database"), row.getLong("log")))
                .single();
    }

    /** Empty while it was not looked at. */
    public Optional<Bytes> last() {
        return Optional.ofNullable(last);
    }
}
