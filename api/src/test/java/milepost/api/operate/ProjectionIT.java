package milepost.api.operate;

import static milepost.api.operate.Requests.open;
import static milepost.api.operate.Requests.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import milepost.api.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Projections are rebuilt while the application runs and nobody notices. */
class ProjectionIT {
    /** Where the rebuild stands still, until the test lets it through. */
    private static final String GATE = "jakarta";

    @SuppressWarnings("NullAway.Init")
    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.withDataset();
        node.sql().sql("""
                create function gate(oid, text) returns boolean language plpgsql as $$
                begin
                    if $2 = '%s' and (select relnamespace::regnamespace::text from pg_class where oid = $1) like 'rebuild%%' then
                        perform pg_advisory_xact_lock_shared(4711);
                    end if;
                    return true;
                end $$""".formatted(GATE)).update();
        node.sql()
                .sql("alter table plan add constraint gate check (gate(tableoid, plan))")
                .update();
        node.sql()
                .sql("alter table timeline add constraint gate check (gate(tableoid, plan))")
                .update();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({
        "plans, plan, '/api/plans?limit=200', 'No such city', city",
        "timeline, timeline_entry, '/api/plans/phuket/timeline?limit=1', 'No such kind', kind"
    })
    void readers_see_the_old_rows_until_the_new_ones_are_complete(
            String projection, String table, String path, String wrong, String field) throws Exception {
        var plan = "opened-during-" + projection;
        try (var watch = new Watch(node);
                var gate = node.database().getConnection()) {
            gate.createStatement().execute("select pg_advisory_lock(4711)");
            node.sql()
                    .sql("update %s set body = (body::jsonb || '{\"%s\":\"%s\"}')::text where plan = 'phuket'"
                            .formatted(table, field, wrong))
                    .update();

            assertThat(rebuild(projection)).isEqualTo(202);
            while (atTheGate() == 0) Node.pause(5);
            assertThat(progress(projection).get("plans").asInt()).isGreaterThanOrEqualTo(26);
            assertThat(progress(projection).get("done").asInt()).isLessThanOrEqualTo(position(GATE));
            assertThat(progress(projection).get("finished").isNull()).isTrue();
            assertThat(rebuild(projection)).isEqualTo(409);

            open(node, plan);
            schedule(node, plan, "first", "2020");
            schedule(node, "bangkok", "while-" + projection, "2030");
            schedule(node, "battambang", "while-" + projection, "2030");
            schedule(node, GATE, "while-" + projection, "2030");
            schedule(node, "yangon", "while-" + projection, "2030");
            assertThat(node.read(path).toString()).contains(wrong);

            var looks = watch.looks();
            gate.createStatement().execute("select pg_advisory_unlock(4711)");
            awaitRebuilt(projection);
            while (watch.looks() < looks + 2) Node.pause(5);
        }
        assertThat(node.read(path).toString()).doesNotContain(wrong);
        assertThat(progress(projection).get("failure").isNull()).isTrue();
        schedule(node, "bangkok", "after-" + projection, "2030");
        PlainScan.assertRowsAgree(node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plans", "timeline"})
    void writers_go_on_through_one_take_over_after_the_other(String projection) {
        var stopped = new AtomicBoolean();
        var writers = new ArrayList<CompletableFuture<Void>>();
        try (var watch = new Watch(node)) {
            for (var plan : new String[] {"phuket", "ha-noi", "cebu-city"}) {
                writers.add(CompletableFuture.runAsync(() -> {
                    for (var i = 0; !stopped.get(); i++) {
                        schedule(node, plan, projection + "-" + i, "2030");
                    }
                }));
            }
            for (var i = 0; i < 3; i++) {
                assertThat(rebuild(projection)).isEqualTo(202);
                awaitRebuilt(projection);
            }
            stopped.set(true);
            writers.forEach(CompletableFuture::join);
            assertThat(watch.looks()).isPositive();
        }
        PlainScan.assertRowsAgree(node);
        assertThat(deadLetters()).isZero();
    }

    /** A page put together from two moments would carry the new version over the old milestones, and be believed. */
    @Test
    void a_plan_and_its_parts_are_of_one_version_whoever_reads_them_when() {
        open(node, "growing");
        var stopped = new AtomicBoolean();
        var writer = CompletableFuture.runAsync(() -> {
            for (var i = 0; i < 60; i++) schedule(node, "growing", "nth-" + i, "2030");
            stopped.set(true);
        });
        var reader = CompletableFuture.runAsync(() -> {
            while (!stopped.get()) {
                var page = node.read("/api/plans/growing");
                assertThat(page.get("milestones")).hasSize(page.get("version").asInt() - 1);
            }
        });
        while (!stopped.get() && !writer.isDone()) {
            assertThat(Samples.of(node).of("growing", "growing", "Thailand")).isNotEmpty();
        }
        writer.join();
        reader.join();
        assertThat(Samples.of(node).of("growing", "growing", "Thailand"))
                .containsEntry("milestones{status=\"scheduled\"}", 60.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plans", "timeline"})
    void what_a_killed_rebuild_left_behind_hinders_none_that_follows(String projection) {
        node.sql().sql("create schema rebuild_" + projection).update();
        node.sql()
                .sql("create table rebuild_%s.%s (nonsense integer)"
                        .formatted(projection, projection.equals("plans") ? "plan" : "timeline"))
                .update();
        assertThat(rebuild(projection)).isEqualTo(202);
        awaitRebuilt(projection);
        assertThat(progress(projection).get("failure").isNull()).isTrue();
        assertThat(node.sql()
                        .sql("select count(*) from pg_namespace where nspname like 'rebuild%'")
                        .query(Long.class)
                        .single())
                .isZero();
        PlainScan.assertRowsAgree(node);
    }

    /** Its schema is gone from under it; nothing it still had in mind may reach the live rows. */
    @Test
    void a_rebuild_that_another_one_has_displaced_fails_and_leaves_the_rows_alone() throws SQLException {
        try (var gate = node.database().getConnection()) {
            gate.createStatement().execute("select pg_advisory_lock(4711)");
            assertThat(rebuild("plans")).isEqualTo(202);
            while (atTheGate() == 0) Node.pause(5);
            node.sql().sql("alter schema rebuild_plans rename to displaced").update();
            node.sql().sql("update plan set version = 0").update();
            gate.createStatement().execute("select pg_advisory_unlock(4711)");
            awaitRebuilt("plans");
        }
        assertThat(progress("plans").get("failure").isNull()).isFalse();
        assertThat(node.sql()
                        .sql("select count(*) from plan where version <> 0")
                        .query(Long.class)
                        .single())
                .as("rows written by the displaced rebuild")
                .isZero();

        node.sql().sql("drop schema displaced cascade").update();
        assertThat(rebuild("plans")).isEqualTo(202);
        awaitRebuilt("plans");
        PlainScan.assertRowsAgree(node);
    }

    /** One that is displaced meanwhile does not stop the other. */
    @Test
    void all_are_rebuilt_at_once_and_each_ends_by_itself() throws SQLException {
        node.sql().sql("update plan set city = 'Wrong' where plan = 'phuket'").update();
        node.sql()
                .sql("update timeline_entry set body = '{}' where plan = 'phuket'")
                .update();

        assertThat(rebuildAll()).isEqualTo(202);
        for (var projection : List.of("plans", "timeline")) {
            awaitRebuilt(projection);
            assertThat(progress(projection).get("failure").isNull()).isTrue();
            assertThat(progress(projection).get("done"))
                    .isEqualTo(progress(projection).get("plans"));
        }
        PlainScan.assertRowsAgree(node);

        try (var gate = node.database().getConnection()) {
            gate.createStatement().execute("select pg_advisory_lock(4711)");
            assertThat(rebuildAll()).isEqualTo(202);
            while (atTheGate() == 0) Node.pause(5);
            assertThat(rebuild("timeline")).isEqualTo(409);
            node.sql().sql("alter schema rebuild_plans rename to displaced").update();
            gate.createStatement().execute("select pg_advisory_unlock(4711)");
        }
        awaitRebuilt("plans");
        awaitRebuilt("timeline");
        node.sql().sql("drop schema displaced cascade").update();
        assertThat(progress("plans").get("failure").asString()).contains("rebuild_plans");
        assertThat(progress("timeline").get("failure").isNull()).isTrue();
        PlainScan.assertRowsAgree(node);
    }

    @Test
    void only_what_exists_is_rebuilt_or_looked_at() {
        assertThat(node.manage("/actuator/projections/nonsense", "{}").statusCode())
                .isEqualTo(404);
        assertThat(rebuild("nothing")).isEqualTo(404);
        assertThat(node.manage("/actuator/projections/nothing/retry", "{}").statusCode())
                .isEqualTo(404);
        assertThat(node.manage("/actuator/projections/plans/nonsense", "{}").statusCode())
                .isEqualTo(404);
        assertThat(node.manage("/actuator/projections/nothing/dead-letters").statusCode())
                .isEqualTo(404);
        assertThat(node.manage("/actuator/projections/plans/nonsense").statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_operator_sees_all_projections_and_how_far_behind_they_are() {
        var all = Node.json(node.manage("/actuator/projections"));
        assertThat(all.propertyNames()).containsExactly("plans", "timeline");
        assertThat(all.get("plans").get("lag").propertyNames())
                .containsExactlyInAnyOrder("seconds", "events", "deadLetters");
        assertThat(all.get("plans").get("lag").get("events").asLong()).isZero();
    }

    /** It holds every table for as long as it takes, and who reads would stand behind a rebuild that stands behind it. */
    @Test
    void a_rebuild_beside_a_backup_waits_for_it_and_keeps_nobody_from_reading() throws SQLException {
        try (var dump = node.database().getConnection();
                var statement = dump.createStatement()) {
            dump.setAutoCommit(false);
            statement.execute("lock table plan, milestone in access share mode");
            var before = editions();
            assertThat(rebuild("plans")).isEqualTo(202);
            while (waiting() == 0) Node.pause(5);
            assertThat(node.read("/api/plans/phuket").get("plan").asString()).isEqualTo("phuket");
            while (waiting() == 0) Node.pause(5);
            assertThat(progress("plans").get("finished").isNull()).isTrue();
            assertThat(editions()).isEqualTo(before);
            dump.rollback();
            awaitRebuilt("plans");
        }
        assertThat(progress("plans").get("failure").isNull()).isTrue();
        PlainScan.assertRowsAgree(node);
    }

    private static long atTheGate() {
        return node.sql()
                .sql("select count(*) from pg_locks where locktype = 'advisory' and objid = 4711 and not granted")
                .query(Long.class)
                .single();
    }

    /** Who wants a table for itself. */
    private static long waiting() {
        return node.sql()
                .sql("select count(*) from pg_locks where mode = 'AccessExclusiveLock' and not granted")
                .query(Long.class)
                .single();
    }

    private static String editions() {
        return node.sql()
                .sql("select cast(cast('plan' as regclass) as oid)")
                .query(String.class)
                .single();
    }

    private static int rebuild(String projection) {
        return node.manage("/actuator/projections/" + projection + "/rebuild", "{}")
                .statusCode();
    }

    private static int rebuildAll() {
        return node.manage("/actuator/projections/rebuild", "{}").statusCode();
    }

    private static JsonNode progress(String projection) {
        return Node.json(node.manage("/actuator/projections")).get(projection).get("rebuild");
    }

    private static void awaitRebuilt(String projection) {
        var now = progress(projection);
        while (now.get("finished").isNull() && now.get("failure").isNull()) {
            Node.pause(5);
            now = progress(projection);
        }
    }

    /** How many plans come before it. */
    private static int position(String plan) {
        return node.sql()
                .sql(
                        "select count(*) from event_log where version = 1 and stream like 'plan/%' and stream < 'plan/' || ?")
                .param(plan)
                .query(Integer.class)
                .single();
    }

    private static long deadLetters() {
        return node.sql()
                .sql("select count(*) from dead_letter")
                .query(Long.class)
                .single();
    }
}
