package milepost.query.metric;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import milepost.query.audit.AuditLog;
import milepost.query.audit.Findings;
import milepost.query.history.Moment;
import milepost.query.plan.PlanRows;
import milepost.query.plan.Plans;
import milepost.query.projection.Lag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Answers each scrape with the numbers of that moment: of the rows in memory, after one look at which have changed.
 * While the database is away, the last known rows are used, and lags, which nobody knows then, are left out.
 */
@Component
public class IndicatorCollector implements MultiCollector {
    private static final Logger LOG = LoggerFactory.getLogger(IndicatorCollector.class);

    private final Plans plans;
    private final Lag lag;
    private final AuditLog audit;
    private final Findings findings;
    private final Clock clock;
    private @Nullable String edition;
    private SortedMap<String, PlanRows> known = new TreeMap<>();

    IndicatorCollector(
            Plans plans, Lag lag, AuditLog audit, Findings findings, Clock clock, PrometheusRegistry registry) {
        this.plans = plans;
        this.lag = lag;
        this.audit = audit;
        this.findings = findings;
        this.clock = clock;
        registry.register(this);
    }

    @Override
    public synchronized MetricSnapshots collect() {
        var samples = new Samples();
        try {
            look();
            lag.read().forEach((processor, behind) -> {
                samples.add(Metric.PROJECTION_LAG_SECONDS, behind.seconds(), List.of(processor));
                samples.add(Metric.PROJECTION_LAG_EVENTS, behind.events(), List.of(processor));
                samples.add(Metric.DEAD_LETTERS, behind.deadLetters(), List.of(processor));
            });
            var behind = audit.behind();
            samples.add(Metric.AUDIT_LOG_SIZE, behind.size(), List.of());
            samples.add(Metric.AUDIT_LOG_LAG_SECONDS, behind.seconds(), List.of());
        } catch (DataAccessException e) {
            LOG.warn("The database is away; a scrape shows what was last known: {}", e.getMessage());
        }
        findings.verifies().ifPresent(ok -> samples.add(Metric.AUDIT_VERIFICATION_OK, ok ? 1 : 0, List.of()));
        var day = Moment.day(clock.instant());
        known.values().forEach(rows -> ProgressMeters.add(samples, rows, day));
        return samples.snapshots();
    }

    private void look() {
        var current = plans.edition();
        var versions = plans.versions();
        var changed = new ArrayList<String>();
        versions.forEach((plan, version) -> {
            var rows = known.get(plan);
            if (!current.equals(edition) || rows == null || rows.plan().version() != version) changed.add(plan);
        });
        var rows = new TreeMap<>(known);
        rows.keySet().retainAll(versions.keySet());
        if (!changed.isEmpty()) {
            plans.load(changed).forEach(plan -> rows.put(plan.plan().plan().text(), plan));
        }
        known = rows;
        edition = current;
    }
}
