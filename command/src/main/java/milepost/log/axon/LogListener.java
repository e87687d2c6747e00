package milepost.log.axon;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import milepost.database.Sessions;
import org.axonframework.common.Registration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes those who wait for new facts: as soon as any node has stored one, and every second in any case, so that a
 * notification that never came costs a second and nothing else.
 */
public final class LogListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);
    private static final Duration TIMER = Duration.ofSeconds(1);

    /** Who is woken is left alone so long: what is stored meanwhile is handled together. */
    private static final Duration GATHERING = Duration.ofMillis(25);

    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final DataSource source;
    private final Thread thread;
    private volatile @Nullable Connection connection;

    /** @param source gives a connection of its own, not a pool's: it is kept for ever. */
    public LogListener(DataSource source) {
        this.source = source;
        thread = Thread.ofPlatform().name("event-log-listener").daemon().start(this::run);
    }

    Registration onNews(Runnable waking) {
        waiting.add(waking);
        return () -> waiting.remove(waking);
    }

    @Override
    public void close() {
        closed.countDown();
        abort(connection);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        do {
            try (var opened = source.getConnection()) {
                connection = opened;
                listen(opened);
            } catch (SQLException e) {
                if (!isClosed()) LOG.warn("Not told of new facts, looking every second: {}", e.getMessage());
            }
            wake();
        } while (!closesWithin(TIMER));
    }

    /** Wakes first, since what was stored before the LISTEN told nobody. */
    private void listen(Connection opened) throws SQLException {
        try (var statement = opened.createStatement()) {
            statement.execute(Sessions.NEEDS);
            statement.execute("listen event_log");
        }
        var notifications = opened.unwrap(PGConnection.class);
        boolean alive = true;
        while (alive && !isClosed()) {
            wake();
            closesWithin(GATHERING);
            boolean silent = notifications.getNotifications((int) TIMER.toMillis()).length == 0;
            alive = !silent || opened.isValid(5);
        }
    }

    private void wake() {
        for (var waking : waiting) {
            try {
                waking.run();
            } catch (RuntimeException e) {
                LOG.debug("A reader could not be woken", e);
            }
        }
    }

    private boolean isClosed() {
        return closesWithin(Duration.ZERO);
    }

    private boolean closesWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void abort(@Nullable Connection connection) {
        try {
            if (connection != null) connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("Already gone", e);
        }
    }
}
