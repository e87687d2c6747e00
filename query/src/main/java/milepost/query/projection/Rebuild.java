package milepost.query.projection;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import milepost.database.Trouble;
import milepost.event.PlanId;
import milepost.log.store.History;
import milepost.log.store.KeptRecords;
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

    /** How many facts are folded and written together, at least, if there are so many. */
    private static final int CHUNK = 5_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final History history;
    private final KeptRecords records;
    private final Map<String, Projection> projections = new ConcurrentHashMap<>();
    private final Map<String, Progress> progress = new ConcurrentHashMap<>();
    private final Clock clock;

    Rebuild(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            History history,
            KeptRecords records,
            List<Projection> projections,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.history = history;
        this.records = records;
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
            var sizes = history.sizes();
            patiently(projection, () -> createTables(projection, schema, beside));
            var kept = new ArrayList<PlanId>();
            var done = 0;
            for (var chunk : chunks(sizes)) {
                progress.put(
                        projection.name(),
                        new Progress(begun.started(), sizes.size(), done, List.copyOf(kept), null, null));
                kept.addAll(notFolded(projection, chunk, schema, beside));
                done += chunk.size();
            }
            patiently(projection, () -> takeOver(projection, schema, beside));
            progress.put(
                    projection.name(),
                    new Progress(begun.started(), sizes.size(), done, List.copyOf(kept), clock.instant(), null));
            LOG.info("Rebuilt {}: {} plans", projection.name(), sizes.size());
        } catch (RuntimeException e) {
            LOG.error("Rebuilding {} failed; the old rows stay", projection.name(), e);
            progress.computeIfPresent(
                    projection.name(),
                    (name, p) -> new Progress(
                            p.started(), p.plans(), p.done(), p.kept(), null, String.valueOf(e.getMessage())));
        }
    }

    /** Plans that are folded together. */
    private static List<List<PlanId>> chunks(Map<PlanId, Long> sizes) {
        var chunks = new ArrayList<List<PlanId>>();
        var facts = 0L;
        for (var size : sizes.entrySet()) {
            if (chunks.isEmpty() || facts >= CHUNK) {
                chunks.add(new ArrayList<>());
                facts = 0;
            }
            chunks.getLast().add(size.getKey());
            facts += size.getValue();
        }
        return chunks;
    }

    /** Whatever an earlier rebuild left half done is dropped; one still under way on another node will fail. */
    private void createTables(Projection projection, String schema, String beside) {
        execute("drop schema if exists " + beside + " cascade");
        execute("create schema " + beside);
        for (var table : projection.tables()) {
            execute("create table %s.%s (like %s.%s including all)".formatted(beside, table, schema, table));
        }
    }

    /** Those of the plans that cannot be folded; as in daily work they keep their old rows and stop nobody else. */
    private List<PlanId> notFolded(Projection projection, List<PlanId> plans, String schema, String beside) {
        try {
            patiently(projection, () -> fold(projection, plans, beside));
            return List.of();
        } catch (RuntimeException e) {
            if (plans.size() > 1) {
                return plans.stream()
                        .flatMap(plan -> notFolded(projection, List.of(plan), schema, beside).stream())
                        .toList();
            }
            patiently(
                    projection,
                    () -> projection
                            .tables()
                            .forEach(table -> jdbc.sql(
                                            "insert into %1$s.%3$s select * from %2$s.%3$s where plan = any (?)"
                                                    .formatted(beside, schema, table))
                                    .param(texts(plans))
                                    .update()));
            LOG.warn("Rebuilding {}: {} cannot be folded and keeps its old rows", projection.name(), plans, e);
            return plans;
        }
    }

    private void fold(Projection projection, List<PlanId> plans, String beside) {
        var news = records.now(plans).entrySet().stream()
                .map(plan -> new News(plan.getKey(), 0, plan.getValue()))
                .toList();
        projection.write(news, beside + ".");
    }

    /** Whoever reads waits behind a lock that is waited for, so a backup that has the tables for hours is asked again and again. */
    private void takeOver(Projection projection, String schema, String beside) {
        execute("set local lock_timeout = '1s'");
        for (var table : projection.tables()) execute("lock table " + schema + "." + table);
        projection.write(movedOn(projection, schema, beside), beside + ".");
        for (var table : projection.tables()) {
            execute("drop table " + schema + "." + table);
            execute("alter table " + beside + "." + table + " set schema " + schema);
        }
        execute("drop schema " + beside);
    }

    /** What plans have whose live rows have got ahead of the new ones meanwhile. */
    private List<News> movedOn(Projection projection, String schema, String beside) {
        var header = projection.tables().getFirst();
        var behind = new HashMap<PlanId, Long>();
        jdbc.sql("""
                        select live.plan, coalesce(new.version, 0) from %s.%s live left join %s.%s new using (plan)
                        where new.version is null or live.version > new.version
                        """.formatted(schema, header, beside, header)).query((ResultSet row) -> {
            behind.put(new PlanId(row.getString(1)), row.getLong(2));
        });
        return records.now(behind.keySet()).entrySet().stream()
                .map(plan -> new News(plan.getKey(), behind.getOrDefault(plan.getKey(), 0L), plan.getValue()))
                .toList();
    }

    private static String[] texts(List<PlanId> plans) {
        return plans.stream().map(PlanId::text).toArray(String[]::new);
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
