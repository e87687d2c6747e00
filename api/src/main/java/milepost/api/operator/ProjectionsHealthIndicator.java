package milepost.api.operator;

import java.time.Duration;
import milepost.query.projection.Lag;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Part of readiness: the database answers, and what is read of it is not older than a bound. */
@Component
class ProjectionsHealthIndicator extends AbstractHealthIndicator {
    private final Lag lag;
    private final Duration bound;

    ProjectionsHealthIndicator(Lag lag, @Value("${milepost.readiness.lag}") Duration bound) {
        super("The database does not answer");
        this.lag = lag;
        this.bound = bound;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var behind = lag.read();
        var late = behind.values().stream().anyMatch(one -> one.seconds() > bound.toSeconds());
        if (late) health.outOfService();
        else health.up();
        health.withDetails(behind);
    }
}
