package milepost.api.operate;

import java.time.Duration;
import milepost.database.Promptly;
import milepost.database.Trouble;
import milepost.log.store.LogTable;
import milepost.query.projection.axon.Lag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Part of readiness: the database answers and records, and what is read of it is not older than a bound. */
@Component
class ProjectionsHealthIndicator extends AbstractHealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionsHealthIndicator.class);

    private final LogTable log;
    private final Lag lag;
    private final Promptly promptly;
    private final Duration bound;

    ProjectionsHealthIndicator(
            LogTable log, Lag lag, Promptly promptly, @Value("${milepost.readiness.lag}") Duration bound) {
        this.log = log;
        this.lag = lag;
        this.promptly = promptly;
        this.bound = bound;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        try {
            var behind = promptly.ask(() -> {
                log.requireWritable();
                return lag.read();
            });
            var late = behind.values().stream().anyMatch(one -> one.seconds() > bound.toSeconds());
            if (late) health.outOfService();
            else health.up();
            health.withDetails(behind);
        } catch (DataAccessException | TransactionException e) {
            // Anybody may ask: what the driver says, and of what server, is for the log.
            var trouble = Trouble.of(e).orElse(Trouble.AWAY);
            LOG.warn(
                    "The database {}: {}",
                    trouble.text,
                    NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            health.down().withDetail("database", trouble.text);
        }
    }
}
