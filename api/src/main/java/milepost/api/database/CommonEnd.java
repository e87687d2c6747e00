package milepost.api.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.NestedExceptionUtils;

/**
 * The end of Milepost and of its embedded server at once, as when one signal went to all processes. What fails for want
 * of the database is logged without stack traces as soon as it ends, and not at all once Milepost ends as well.
 */
public final class CommonEnd extends TurboFilter implements ApplicationListener<ContextClosedEvent>, AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(CommonEnd.class);

    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private volatile BooleanSupplier databaseEnds = () -> false;
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
        stopping = true;
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
        logging.getTurboFilterList().remove(this);
        if (silenced)
            LOG.warn(
                    "PostgreSQL was told to stop at the same time, and what could not be recorded any more was refused."
                            + " Whoever stops Milepost should tell Java alone (systemd: KillMode=mixed).");
    }
}
