package milepost.query.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import milepost.event.PlanId;
import milepost.query.database.Trouble;
import milepost.query.history.History;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Folds one projection again from the log while the application runs: into tables of the same names in a schema beside,
 * which take the place of the old ones in one moment, once they are complete.
 */
@Component
public class Rebuild {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final History history;
    private final Map<String, Projection> projections = new ConcurrentHashMap<>();
    private final Map<String, Progress> progress = new ConcurrentHashMap<>();
    private final Clock clock;

    Rebuild(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            History history,
            List<Projection> projections,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.history = history;
        this.clock = clock;
        projections.forEach(projection -> this.projections.put(projection.name(), projection));
    }

    /**
     * How far a rebuild on this node has come.
     *
     * @param plans how many there are to fold
     * @param done how many are folded
     * @param finished when the new rows took the place of the old
     * @param failure why it stopped; the old rows stay
     * @param kept plans that could not be folded and keep their old rows
     */
    public record Progress(
            Instant started,
            int plans,
            int done,
            List<PlanId> kept,
            @Nullable Instant finished,
            @Nullable String failure) {
        boolean isRunning() {
            return finished == null && failure == null;
        }
    }

    /** The names of all projections. */
    public List<String> names() {
        return projections.keySet().stream().sorted().toList();
    }

    /** How far the latest rebuild of a projection on this node has come, if there was one. */
    public Optional<Progress> progress(String name) {
        return Optional.ofNullable(progress.get(name));
    }

    /** Begins in the background; false if one is under way on this node. */
    public boolean start(String name) {
        var projection = projections.get(name);
        if (projection == null) throw new IllegalArgumentException("There is no projection '" + name + "'.");
        var begun = new Progress(clock.instant(), 0, 0, List.of(), null, null);
        var now = progress.compute(name, (key, last) -> last != null && last.isRunning() ? last : begun);
        if (!begun.equals(now)) return false;
        Thread.ofVirtual().name("rebuild-" + name).start(() -> run(projection, begun));
        return true;
    }

    private void run(Projection projection, Progress begun) {
        try {
            var schema = jdbc.sql("select current_schema()").query(String.class).single();
            var beside = "rebuild_" + projection.name();
            var plans = history.plans();
            patiently(projection, () -> createTables(projection, schema, beside));
            var kept = new ArrayList<PlanId>();
            for (var done = 0; done < plans.size(); done++) {
                progress.put(
                        projection.name(),
                        new Progress(begun.started(), plans.size(), done, List.copyOf(kept), null, null));
                if (!isFolded(projection, plans.get(done), schema, beside)) kept.add(plans.get(done));
            }
            patiently(projection, () -> takeOver(projection, schema, beside));
            progress.put(
                    projection.name(),
                    new Progress(
                            begun.started(), plans.size(), plans.size(), List.copyOf(kept), clock.instant(), null));
            LOG.info("Rebuilt {}: {} plans", projection.name(), plans.size());
        } catch (RuntimeException e) {
            LOG.error("Rebuilding {} failed; the old rows stay", projection.name(), e);
            progress.computeIfPresent(
                    projection.name(),
                    (name, p) -> new Progress(
                            p.started(), p.plans(), p.done(), p.kept(), null, String.valueOf(e.getMessage())));
        }
    }

    /** Whatever an earlier rebuild left half done is dropped; one still under way on another node will fail. */
    private void createTables(Projection projection, String schema, String beside) {
        execute("drop schema if exists " + beside + " cascade");
        execute("create schema " + beside);
        for (var table : projection.tables()) {
            execute("create table %s.%s (like %s.%s including all)".formatted(beside, table, schema, table));
        }
    }

    /** False if the plan cannot be folded; as in daily work it keeps its old rows and stops nobody else. */
    private boolean isFolded(Projection projection, PlanId plan, String schema, String beside) {
        try {
            patiently(projection, () -> refresh(projection, plan, schema, beside));
            return true;
        } catch (RuntimeException e) {
            patiently(
                    projection,
                    () -> projection
                            .tables()
                            .forEach(table -> jdbc.sql("insert into %1$s.%3$s select * from %2$s.%3$s where plan = ?"
                                            .formatted(beside, schema, table))
                                    .param(plan.text())
                                    .update()));
            LOG.warn("Rebuilding {}: {} cannot be folded and keeps its old rows", projection.name(), plan, e);
            return false;
        }
    }

    /** The lock fails if another rebuild has taken the tables away; the search path would lead to the live ones. */
    private void refresh(Projection projection, PlanId plan, String schema, String beside) {
        for (var table : projection.tables()) execute("lock table " + beside + "." + table + " in row exclusive mode");
        execute("set local search_path to " + beside + ", " + schema);
        projection.refresh(plan);
    }

    /** Whoever reads waits behind a lock that is waited for, so a backup that has the tables for hours is asked again and again. */
    private void takeOver(Projection projection, String schema, String beside) {
        execute("set local lock_timeout = '1s'");
        for (var table : projection.tables()) execute("lock table " + schema + "." + table);
        for (var plan : movedOn(projection, schema, beside)) refresh(projection, plan, schema, beside);
        for (var table : projection.tables()) {
            execute("drop table " + schema + "." + table);
            execute("alter table " + beside + "." + table + " set schema " + schema);
        }
        execute("drop schema " + beside);
    }

    /** Plans whose live rows have got ahead of the new ones meanwhile. */
    private List<PlanId> movedOn(Projection projection, String schema, String beside) {
        var header = projection.tables().getFirst();
        return jdbc.sql("""
                        select live.plan from %s.%s live left join %s.%s new using (plan)
                        where new.version is null or live.version > new.version
                        """.formatted(schema, header, beside, header))
                .query((row, i) -> new PlanId(row.getString(1)))
                .list();
    }

    /** In a transaction of its own, and again for as long as what hinders it is no fault of the rows. */
    private void patiently(Projection projection, Runnable step) {
        for (var tries = 1; ; tries++) {
            try {
                transaction.executeWithoutResult(status -> step.run());
                return;
            } catch (RuntimeException e) {
                var trouble = Trouble.of(e).orElseThrow(() -> e);
                if (tries == 1) LOG.warn("Rebuilding {} waits: the database {}", projection.name(), trouble.text);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        jdbc.sql(sql).update();
    }
}
