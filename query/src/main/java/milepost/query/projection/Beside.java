package milepost.query.projection;

import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import milepost.database.Trouble;
import milepost.event.PlanId;
import milepost.log.store.KeptRecords;
import milepost.plan.PlanRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One projection's tables in a schema beside, until they take the place of those that are read. Each step is a transaction of its own. */
final class Beside {
    private static final Logger LOG = LoggerFactory.getLogger(Beside.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final KeptRecords records;
    private final Projection projection;
    private final String beside;

    Beside(JdbcClient jdbc, TransactionTemplate transaction, KeptRecords records, Projection projection) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.records = records;
        this.projection = projection;
        this.beside = "rebuild_" + projection.name();
    }

    String name() {
        return projection.name();
    }

    /** Whatever an earlier rebuild left half done is dropped; one still under way on another node will fail. */
    void create() {
        step(() -> {
            execute("drop schema if exists " + beside + " cascade");
            execute("create schema " + beside);
            var live = live();
            for (var table : projection.tables()) {
                execute("create table %s.%s (like %s.%s including all)".formatted(beside, table, live, table));
            }
        });
    }

    /**
     * Writes the rows of plans that have none here yet; those that cannot be folded keep their old ones, as in daily work.
     *
     * @param folded nothing of a plan that cannot be read
     * @return which keep their old rows
     */
    List<PlanId> write(List<PlanId> plans, Map<PlanId, PlanRecord> folded) {
        var kept = new ArrayList<>(plans);
        kept.removeAll(folded.keySet());
        try {
            write(folded);
        } catch (RuntimeException e) {
            for (var plan : folded.entrySet()) {
                try {
                    write(Map.ofEntries(plan));
                } catch (RuntimeException alone) {
                    LOG.warn("Rebuilding {}: {} cannot be folded and keeps its old rows", name(), plan.getKey(), alone);
                    kept.add(plan.getKey());
                }
            }
        }
        if (!kept.isEmpty()) keep(kept);
        return kept;
    }

    private void write(Map<PlanId, PlanRecord> folded) {
        var news = folded.entrySet().stream()
                .map(plan -> new News(plan.getKey(), 0, plan.getValue()))
                .toList();
        step(() -> projection.write(news, beside + "."));
    }

    private void keep(List<PlanId> plans) {
        var texts = plans.stream().map(PlanId::text).toArray(String[]::new);
        step(() -> projection
                .tables()
                .forEach(table -> jdbc.sql("insert into %1$s.%3$s select * from %2$s.%3$s where plan = any (?)"
                                .formatted(beside, live(), table))
                        .param(texts)
                        .update()));
    }

    /** Whoever reads waits behind a lock that is waited for, so a backup that has the tables for hours is asked again and again. */
    void takeOver() {
        step(() -> {
            execute("set local lock_timeout = '1s'");
            var live = live();
            for (var table : projection.tables()) execute("lock table " + live + "." + table);
            projection.write(movedOn(live), beside + ".");
            for (var table : projection.tables()) {
                execute("drop table " + live + "." + table);
                execute("alter table " + beside + "." + table + " set schema " + live);
            }
            execute("drop schema " + beside);
        });
    }

    /** What plans have whose live rows have got ahead of the new ones meanwhile. */
    private List<News> movedOn(String live) {
        var header = projection.tables().getFirst();
        var behind = new HashMap<PlanId, Long>();
        jdbc.sql("""
                        select live.plan, coalesce(new.version, 0) from %s.%s live left join %s.%s new using (plan)
                        where new.version is null or live.version > new.version
                        """.formatted(live, header, beside, header)).query((ResultSet row) -> {
            behind.put(new PlanId(row.getString(1)), row.getLong(2));
        });
        return records.now(behind.keySet()).entrySet().stream()
                .map(plan -> new News(plan.getKey(), behind.getOrDefault(plan.getKey(), 0L), plan.getValue()))
                .toList();
    }

    private String live() {
        return jdbc.sql("select current_schema()").query(String.class).single();
    }

    private void execute(String sql) {
        jdbc.sql(sql).update();
    }

    private void step(Runnable step) {
        patiently(
                name(),
                () -> transaction.execute(status -> {
                    step.run();
                    return true;
                }));
    }

    /** Again for as long as what hinders it is no fault of the rows. */
    static <T> T patiently(String name, Supplier<T> step) {
        for (var tries = 1; ; tries++) {
            try {
                return step.get();
            } catch (RuntimeException e) {
                var trouble = Trouble.of(e).orElseThrow(() -> e);
                if (tries == 1) LOG.warn("Rebuilding {} waits: the database {}", name, trouble.text);
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
}
