package milepost.api.operator;

import java.time.Duration;
import milepost.query.projection.Lag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Part of readiness: the database answers, and what is read of it is not older than a bound. */
@Component
class ProjectionsHealthIndicator extends AbstractHealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionsHealthIndicator.class);

    private final Lag lag;
    private final Duration bound;

    ProjectionsHealthIndicator(Lag lag, @Value("${milepost.readiness.lag}") Duration bound) {
        this.lag = lag;
        this.bound = bound;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        try {
            var behind = lag.read();
            var late = behind.values().stream().anyMatch(one -> one.seconds() > bound.toSeconds());
            if (late) health.outOfService();
            else health.up();
            health.withDetails(behind);
        } catch (DataAccessException | TransactionException e) {
            // Anybody may ask: what the driver says, and of what server, is for the log.
            LOG.warn(
                    "The database does not answer: {}",
                    NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            health.down().withDetail("database", "does not answer");
        }
    }
}
