package milepost.query.metric;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import milepost.query.audit.AuditLog;
import milepost.query.audit.Findings;
import milepost.query.history.Moment;
import milepost.query.plan.PlanRows;
import milepost.query.plan.Plans;
import milepost.query.projection.Lag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Answers each scrape with the numbers of that moment: of the rows in memory, after one look at which have changed.
 * While the database is away or does not answer in time, the last known rows are used, and lags, which nobody knows then,
 * are left out: the rest of the page is needed most just then, so no scrape waits for the database.
 */
@Component
public class IndicatorCollector implements MultiCollector {
    private static final Logger LOG = LoggerFactory.getLogger(IndicatorCollector.class);

    /** Less than any sensible time-out of a scrape, and far more than a look takes. */
    private static final int PATIENCE_SECONDS = 2;

    private final Plans plans;
    private final Lag lag;
    private final AuditLog audit;
    private final Findings findings;
    private final Clock clock;
    private @Nullable CompletableFuture<Seen> looking;
    private @Nullable String edition; // of one look at a time
    private volatile SortedMap<String, PlanRows> known = new TreeMap<>();

    /** What only the database knows. */
    private record Seen(Map<String, Lag.Behind> projections, AuditLog.Behind audit) {}

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
    public MetricSnapshots collect() {
        var samples = new Samples();
        var seen = seen();
        samples.add(Metric.DATABASE_UP, seen.isPresent() ? 1 : 0, List.of());
        seen.ifPresent(now -> add(samples, now));
        findings.verifies().ifPresent(ok -> samples.add(Metric.AUDIT_VERIFICATION_OK, ok ? 1 : 0, List.of()));
        var day = Moment.day(clock.instant());
        known.values().forEach(rows -> ProgressMeters.add(samples, rows, day));
        return samples.snapshots();
    }

    private static void add(Samples samples, Seen seen) {
        seen.projections().forEach((processor, behind) -> {
            samples.add(Metric.PROJECTION_LAG_SECONDS, behind.seconds(), List.of(processor));
            samples.add(Metric.PROJECTION_LAG_EVENTS, behind.events(), List.of(processor));
            samples.add(Metric.DEAD_LETTERS, behind.deadLetters(), List.of(processor));
        });
        samples.add(Metric.AUDIT_LOG_SIZE, seen.audit().size(), List.of());
        samples.add(Metric.AUDIT_LOG_LAG_SECONDS, seen.audit().seconds(), List.of());
    }

    private Optional<Seen> seen() {
        try {
            return Optional.of(looking().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            LOG.warn("The database is away; a scrape shows what was last known: {}", String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            LOG.warn("The database does not answer; a scrape shows what was last known");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** A look that a database left without an answer is waited for by the scrapes that follow: it takes one connection. */
    private synchronized CompletableFuture<Seen> looking() {
        if (looking == null || looking.isDone()) {
            looking = CompletableFuture.supplyAsync(
                    this::look, look -> Thread.ofVirtual().name("scrape").start(look));
        }
        return looking;
    }

    private Seen look() {
        refresh();
        return new Seen(lag.read(), audit.behind());
    }

    private void refresh() {
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
