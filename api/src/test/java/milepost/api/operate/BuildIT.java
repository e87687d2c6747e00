package milepost.api.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import milepost.api.Node;
import milepost.api.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is read is built from facts that are there already, as after a restore, and the operator sees how far it is. */
@ExtendWith(OutputCaptureExtension.class)
class BuildIT {
    private static final int PLANS = 600;
    private static final String STUCK = "plan-10";

    @Test
    void a_build_tells_how_far_it_is_and_goes_on_where_it_was_interrupted(CapturedOutput output) throws Exception {
        var database = TestServer.createDatabase();
        Node.on(database, "milepost.dataset=none").close();
        restore(database);
        try (var gate = database.getConnection()) {
            gate.setAutoCommit(false);
            gate.createStatement().execute("select pg_advisory_xact_lock(hashtextextended('plans/" + STUCK + "', 0))");
            var interrupted = start(database);
            var done = awaitStill(interrupted);
            assertThat(done).isBetween(1, PLANS - 1);
            assertThat(output.getAll()).containsPattern("Building plans: [\\d,]+ of 600 facts");
            assertThat(readiness(interrupted)).contains("\"OUT_OF_SERVICE\"", "\"events\":" + (PLANS - done));
            stop(interrupted, database);

            try (var node = start(database)) {
                assertThat(awaitStill(node)).isBetween(done, PLANS - 1);
                assertThat(build(node).path("doneBefore").asInt()).isGreaterThanOrEqualTo(done);
                gate.rollback();
                node.awaitProjections();
                while (!build(node).isNull()) Node.pause(20);
                assertThat(output.getAll()).containsPattern("Built plans: [\\d,]+ facts in \\d+ s");
            }
        }
    }

    /** Facts of long ago, and nothing that was read of them. */
    private static void restore(PGSimpleDataSource database) {
        JdbcClient.create(database).sql("""
                insert into event_log (event_id, stream, version, type, payload, metadata)
                select 'restored-' || n, 'plan/plan-' || n, 1, 'PlanOpened', json_build_object(
                    'plan', 'plan-' || n, 'on', '2018', 'title', 'Plan ' || n, 'city', 'City ' || n,
                    'country', 'Singapore', 'countryCode', 'SG', 'from', '2018', 'to', '2025',
                    'organisations', json_build_array(), 'evidence', json_build_array(), 'basis', 'reported')::text, '{}'
                from generate_series(1, %s) n""".formatted(PLANS)).update();
    }

    private static Node start(PGSimpleDataSource database) {
        return Node.on(
                database, "milepost.dataset=none", "milepost.build.report=200ms", "milepost.readiness.lag=100ms");
    }

    /** How much is done, once all segments but that of the stuck plan are at the end, and the watch says so. */
    private static int awaitStill(Node node) {
        var behind = node.sql()
                .sql("select count(*) from token_entry where processor_name = 'plans' and"
                        + " (convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint <"
                        + " (select max(position) from event_log where stream like 'plan/%')")
                .query(Integer.class);
        var shown = node.sql().sql("select count(*) from plan").query(Integer.class);
        while (behind.single() > 1 || build(node).path("done").asInt() != shown.single()) Node.pause(50);
        return shown.single();
    }

    private static JsonNode build(Node node) {
        return Node.json(node.manage("/actuator/projections")).path("plans").path("build");
    }

    private static String readiness(Node node) {
        return node.send(HttpRequest.newBuilder(node.managementUri("/actuator/health/readiness")))
                .body();
    }

    /** While a projection is in the middle of a batch, which is undone. */
    private static void stop(Node node, PGSimpleDataSource database) {
        var stopped = CompletableFuture.runAsync(node::close);
        while (!stopped.isDone()) {
            JdbcClient.create(database)
                    .sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                            + " and wait_event = 'advisory'")
                    .query((row, i) -> true)
                    .list();
            Node.pause(200);
        }
    }
}
