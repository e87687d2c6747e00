package milepost.query.metric;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import milepost.database.Promptly;
import milepost.database.Trouble;
import milepost.log.Moment;
import milepost.log.store.LogClock;
import milepost.log.store.LogSize;
import milepost.log.store.LogTable;
import milepost.query.audit.store.AuditLog;
import milepost.query.audit.store.Findings;
import milepost.query.plan.store.Plans;
import milepost.query.projection.axon.Lag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Answers each scrape with the numbers of that moment: of the rows in memory, after one look at which have changed.
 * While the database is away or does not answer in time, the last known rows are used, and lags, which nobody knows then,
 * are left out: the rest of the page is needed most just then, so no scrape waits for the database for long.
 */
@Component
public class IndicatorCollector implements MultiCollector {
    private static final Logger LOG = LoggerFactory.getLogger(IndicatorCollector.class);

    /** For a first word of the database, which has it at once if at all. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    /** For all of a look; less than any sensible time-out of a scrape. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Plans plans;
    private final Lag lag;
    private final AuditLog audit;
    private final Findings findings;
    private final LogClock logClock;
    private final LogSize size;
    private final Promptly promptly;
    private final Backups backups;
    private final Clock clock;
    private final Duration longest;
    private @Nullable Look looking;
    private Known known = new Known("", new TreeMap<>());

    /** The rows of all plans, and the edition of the read tables that they are from. */
    private record Known(String edition, SortedMap<String, PlanSamples> plans) {}

    /** @param longest how long a look may last: then its connection is dead, and would be so for hours */
    IndicatorCollector(
            Plans plans,
            Lag lag,
            AuditLog audit,
            Findings findings,
            LogClock logClock,
            LogSize size,
            Promptly promptly,
            Backups backups,
            Clock clock,
            PrometheusRegistry registry,
            @Value("${milepost.scrape.longest}") Duration longest) {
        this.plans = plans;
        this.lag = lag;
        this.audit = audit;
        this.findings = findings;
        this.logClock = logClock;
        this.size = size;
        this.promptly = promptly;
        this.backups = backups;
        this.clock = clock;
        this.longest = longest;
        registry.register(this);
    }

    @Override
    public MetricSnapshots collect() {
        var samples = new Samples();
        told(looking()).give(samples);
        var day = Moment.day(clock.instant());
        known().plans().values().forEach(plan -> samples.add(plan.on(day)));
        return samples.snapshots();
    }

    private Scrape told(Look look) {
        var answers = look.said(look.edition, A_MOMENT).isPresent();
        var projections = look.said(answers, look.projections);
        var log = look.said(answers, look.log);
        var clocks = look.said(answers, look.clocks);
        var backup = look.said(answers, look.backup);
        look.said(answers, look.rows); // known from then on
        return new Scrape(answers, projections, log, clocks, backup, size.last(), findings.verifies());
    }

    /** The look under way, which scrapes share, or a new one. */
    private synchronized Look looking() {
        if (looking != null && looking.isUnderWay()) {
            if (looking.age().compareTo(longest) < 0) return looking;
            looking.giveUp();
        }
        var look = new Look();
        looking = look;
        look.begin();
        return look;
    }

    private synchronized Known known() {
        return known;
    }

    /** Unless the look was given up. */
    private synchronized Known publish(Look look, Known seen) {
        if (look == looking) known = seen;
        return known;
    }

    /** What is asked of the database for a scrape, on a thread of its own; what is known of it comes part by part. */
    private final class Look {
        final CompletableFuture<String> edition = new CompletableFuture<>();
        final CompletableFuture<Map<String, Lag.Backlog>> projections = new CompletableFuture<>();
        final CompletableFuture<LogTable.Coverage> log = new CompletableFuture<>();
        final CompletableFuture<LogClock.Reading> clocks = new CompletableFuture<>();
        final CompletableFuture<Backups.Last> backup = new CompletableFuture<>();
        final CompletableFuture<Known> rows = new CompletableFuture<>();
        private final long since = System.nanoTime();
        private final Thread thread = Thread.ofVirtual().name("scrape").unstarted(this::look);

        void begin() {
            thread.start();
        }

        boolean isUnderWay() {
            return thread.isAlive();
        }

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        /** An interrupt closes the connection that a virtual thread waits for. */
        void giveUp() {
            LOG.warn("The database has not answered a scrape for {} s; it is asked anew", age().toSeconds());
            thread.interrupt();
        }

        private void look() {
            tell(edition, plans::edition);
            if (edition.isCompletedExceptionally()) return;
            tell(projections, lag::read);
            tell(log, audit::behind);
            tell(clocks, logClock::read);
            tell(backup, backups::last);
            tell(rows, () -> publish(this, refreshed(known(), edition.join())));
        }

        private <T> void tell(CompletableFuture<T> part, Supplier<T> question) {
            try {
                part.complete(promptly.ask(question));
            } catch (RuntimeException e) {
                Trouble.of(e)
                        .ifPresentOrElse(
                                trouble -> LOG.warn(
                                        "The database {}; a scrape shows what was last known: {}",
                                        trouble.text,
                                        NestedExceptionUtils.getMostSpecificCause(e)
                                                .getMessage()),
                                () -> LOG.error("A scrape goes without what cannot be read", e));
                part.completeExceptionally(e);
            }
        }

        /** Empty while the database does not answer at all, too. */
        <T> Optional<T> said(boolean answers, CompletableFuture<T> part) {
            return answers ? said(part, PATIENCE) : Optional.empty();
        }

        /** Empty if it failed, or is not known so long after the look began. */
        <T> Optional<T> said(CompletableFuture<T> part, Duration patience) {
            try {
                return Optional.of(part.get(patience.minus(age()).toNanos(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException | TimeoutException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private Known refreshed(Known before, String edition) {
        var versions = plans.versions();
        var changed = new ArrayList<String>();
        versions.forEach((plan, version) -> {
            var last = before.plans().get(plan);
            if (!edition.equals(before.edition())
                    || last == null
                    || last.rows.plan().version() != version) changed.add(plan);
        });
        var seen = new TreeMap<>(before.plans());
        seen.keySet().retainAll(versions.keySet());
        if (!changed.isEmpty()) {
            plans.load(changed).forEach(rows -> seen.put(rows.plan().plan().text(), new PlanSamples(rows)));
        }
        return new Known(edition, seen);
    }
}
