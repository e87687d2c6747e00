package milepost.api.start.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.NestedExceptionUtils;

/**
 * The end of Milepost and of its embedded server at once, as when one signal went to all processes. What fails for want
 * of the database is logged without stack traces as soon as it ends, and not at all once Milepost ends as well; nor does
 * anybody wait for a connection then.
 */
public final class CommonEnd extends TurboFilter implements ApplicationListener<ContextClosedEvent>, AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(CommonEnd.class);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private volatile BooleanSupplier databaseEnds = () -> false;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile boolean silenced;

    /** @param databaseEnds whether the database was told to stop, or has stopped */
    void watch(BooleanSupplier databaseEnds) {
        this.databaseEnds = databaseEnds;
        logging.addTurboFilter(this);
    }

    /** Whether nothing more can be asked of the database, nor ever will be by this process. */
    public boolean isHere() {
        return stopping && databaseEnds.getAsBoolean();
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        if (stopping) return;
        stopping = true;
        var pools = closed.getApplicationContext().getBeanProvider(DataSource.class).stream()
                .filter(AutoCloseable.class::isInstance)
                .map(AutoCloseable.class::cast)
                .toList();
        Thread.ofVirtual().name("common-end").start(() -> closeOnceBothEnd(pools));
    }

    /** Whoever asks a pool for a connection waits seconds for it, and again at the next question, unless it is closed. */
    private void closeOnceBothEnd(List<AutoCloseable> pools) {
        try {
            while (!databaseEnds.getAsBoolean()) {
                if (over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) return;
            }
            for (var pool : pools) pool.close();
        } catch (Exception e) {
            LOG.debug("A pool could not be closed", e);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (!level.isGreaterOrEqual(Level.WARN) || !databaseEnds.getAsBoolean()) return FilterReply.NEUTRAL;
        silenced |= stopping;
        if (stopping) return FilterReply.DENY;
        var told = MessageFormatter.arrayFormat(message, arguments);
        var failure = thrown == null ? told.getThrowable() : thrown;
        if (failure == null) return FilterReply.NEUTRAL;
        var line = told.getMessage() + ": " + reason(failure);
        logger.log(marker, logger.getName(), Level.toLocationAwareLoggerInteger(level), line, null, null);
        return FilterReply.DENY;
    }

    private static String reason(Throwable failure) {
        var cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        over.countDown();
        logging.getTurboFilterList().remove(this);
        if (silenced)
            LOG.warn(
                    "PostgreSQL was told to stop at the same time, and what could not be recorded any more was refused."
                            + " Whoever stops Milepost should tell Java alone (systemd: KillMode=mixed).");
    }
}
