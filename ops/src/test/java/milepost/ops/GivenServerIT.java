package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import milepost.event.json.EventJson;
import milepost.log.store.LogTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** On a server of its own kind, the oldest that is supported; with a log for machines, and told to stop at a bad moment. */
class GivenServerIT {
    private static final int TERMINATED = 143;
    private static final String MILESTONE = """
            {"milestone":"cctv-phase-2","project":"2","title":"CCTV phase 2 in service","due":"2025-06","on":"2024-03"}""";

    @Test
    void milepost_runs_on_postgresql_15_and_starts_no_server_of_its_own(@TempDir Path directory, @TempDir Path data)
            throws IOException {
        try (var cluster = Cluster.start(directory)) {
            var settings = new HashMap<>(cluster.settings("postgres"));
            settings.put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
            try (var milepost =
                    Milepost.launch(data, Milepost.freePort(), settings).awaitReady()) {
                assertThat(milepost.log()).contains("Imported the ASCN dataset: 372 facts of 26 plans recorded");
                assertThat(milepost.post("/api/plans/phuket/status", "{\"status\":\"in-progress\",\"on\":\"2019\"}"))
                        .contains("\"version\":17");
                assertThat(milepost.get("/api/plans/phuket?version=17")).contains("\"status\":\"in-progress\"");
                assertThat(data.toFile().list())
                        .containsExactlyInAnyOrder("first-password", "audit-key.pem", "audit-checkpoint");

                var trace = traceOfFailure(milepost, cluster);
                finishesWhatIsInFlight(milepost, cluster);
                isJson(milepost.log(), trace);
                assertThat(milepost.log()).doesNotContain(settings.get("MILEPOST_DB_PASSWORD"));
            }
        }
    }

    /** The log holds a fact that this version does not know. */
    private static String traceOfFailure(Milepost milepost, Cluster cluster) {
        cluster.ask("postgres", """
                insert into event_log (event_id, stream, version, type, payload, metadata)
                values ('of-tomorrow', 'plan/odd', 1, 'OfTomorrow', '{}', '{}')""");
        var problem = EventJson.MAPPER.readTree(milepost.post("/api/plans/odd/status", "{\"status\":\"endorsed\"}"));
        assertThat(problem.path("status").asInt()).isEqualTo(500);
        return problem.path("traceId").asString();
    }

    private static void isJson(String log, String trace) {
        List<JsonNode> lines = log.lines().map(EventJson.MAPPER::readTree).toList();
        assertThat(lines).allMatch(line -> line.path("message").isString());
        assertThat(lines)
                .filteredOn(line -> line.path("traceId").asString("").equals(trace))
                .singleElement()
                .satisfies(line -> assertThat(
                                line.path("error").path("stack_trace").asString())
                        .contains("OfTomorrow", "\n\tat "));
    }

    /** A command waits for the log, which another session holds. */
    private static void finishesWhatIsInFlight(Milepost milepost, Cluster cluster) {
        var holding = "select pg_advisory_lock(" + LogTable.TURN + "), pg_sleep(120)";
        var holder = CompletableFuture.supplyAsync(() -> cluster.said("postgres", holding), Thread::startVirtualThread);
        Milepost.await("to be held", () -> locks(cluster, "granted").equals("1"));
        var answer = CompletableFuture.supplyAsync(
                () -> milepost.post("/api/plans/phuket/milestones", MILESTONE), Thread::startVirtualThread);
        Milepost.await(
                "to wait for the log", () -> locks(cluster, "not granted").equals("1"));

        milepost.stop();
        Milepost.await("to refuse", milepost::isRefusing);
        assertThat(milepost.readiness()).isEqualTo(503);
        assertThat(answer).isNotDone();
        cluster.ask("postgres", """
                select pg_terminate_backend(pid) from pg_stat_activity
                where query like 'select pg_advisory_lock%' and pid <> pg_backend_pid()""");
        assertThat(holder.join().exitCode()).isNotZero();

        assertThat(answer.join()).contains("\"version\":18");
        assertThat(milepost.exitCode()).isEqualTo(TERMINATED);
        assertThat(cluster.ask("postgres", "select max(version) from event_log where stream = 'plan/phuket'"))
                .isEqualTo("18");
    }

    private static String locks(Cluster cluster, String which) {
        return cluster.ask(
                "postgres",
                "select count(*) from pg_locks where locktype = 'advisory' and objid = 'event_log'::regclass and "
                        + which);
    }
}
