package milepost.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Our sessions in the database: each says what it needs where a default of the role or the database would be inherited,
 * made for people or for other applications. That the database is read-only is not ours to overrule; so a session that
 * says so does not stay, for it would go on saying so once the database has changed its mind.
 */
public final class Sessions {
    /**
     * Waits and long statements are bounded where they are asked, the log is written under this isolation alone, and what is
     * acknowledged is on disk. Only what the server knows is set: some is newer than the oldest.
     */
    public static final String NEEDS = """
            select set_config(name, needed, false) from pg_settings join (values
                ('lock_timeout', '0'), ('statement_timeout', '0'), ('transaction_timeout', '0'),
                ('idle_in_transaction_session_timeout', '0'), ('idle_session_timeout', '0'),
                ('default_transaction_isolation', 'read committed'), ('synchronous_commit', 'on')) needs (name, needed)
                using (name)
            where name <> 'synchronous_commit' or setting = 'off'""";

    /** So that a database that stays read-only is not asked for a pool of connections at each failure. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private Sessions() {}

    public static void of(HikariDataSource pool) {
        pool.setConnectionInitSql(NEEDS);
        pool.setExceptionOverride(new Replacing(pool));
    }

    private record Replacing(HikariDataSource pool, AtomicLong last) implements SQLExceptionOverride {
        Replacing(HikariDataSource pool) {
            this(pool, new AtomicLong(System.nanoTime() - PAUSE.toNanos()));
        }

        @java.lang.Override
        public Override adjudicate(SQLException e) {
            var before = last.get();
            var now = System.nanoTime();
            if (Trouble.of(e).filter(Trouble.READ_ONLY::equals).isPresent()
                    && now - before >= PAUSE.toNanos()
                    && last.compareAndSet(before, now))
                pool.getHikariPoolMXBean().softEvictConnections();
            return Override.CONTINUE_EVICT;
        }
    }
}
