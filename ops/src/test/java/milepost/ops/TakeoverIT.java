package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skyscreamer.jsonassert.Customization;
import org.skyscreamer.jsonassert.JSONAssert;
import org.skyscreamer.jsonassert.JSONCompareMode;
import org.skyscreamer.jsonassert.comparator.CustomComparator;

/**
 * Stores of earlier versions are taken over: what they answered is answered, and what they signed still verifies.
 * How a store was made stands in {@code ops/src/test/stores}.
 */
class TakeoverIT {
    private static final Path STORES = Milepost.root().resolve("ops/src/test/stores");

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21", "2026-11-28"})
    void a_store_of_an_earlier_version_is_taken_over(String version, @TempDir Path directory, @TempDir Path data)
            throws IOException, JSONException {
        var store = STORES.resolve(version);
        try (var cluster = Cluster.start(directory)) {
            restore(store, cluster);
            Files.copy(store.resolve("audit-key.pem"), data.resolve("audit-key.pem"));
            try (var milepost = Milepost.launch(data, Milepost.freePort(), cluster.settings("postgres"))
                    .awaitReady()) {
                Milepost.await(
                        "to write all rows", () -> cluster.ask("postgres", """
                                select count(*) from plan join timeline using (plan)
                                where plan.version = (select max(version) from event_log where stream = 'plan/' || plan)
                                    and timeline.version = plan.version""").equals("26"));
                answersAs(store.resolve("plan.json"), milepost.get("/api/plans/phuket?on=2026-01-01"));
                answersAs(store.resolve("timeline.json"), milepost.get("/api/plans/phuket/timeline?limit=200"));
                assertThat(milepost.get("/api/plans?overdue=true&limit=200")).contains("\"vientiane\"");

                repeats(milepost);
                assertThat(milepost.post("/api/plans/phuket/status-reports", """
                        {"on":"2025-12-01","narrative":"Taken over"}"""))
                        .contains("\"version\":22");
                Milepost.await(
                        "to sign",
                        () -> cluster.ask(
                                        "postgres",
                                        "select max(size) = (select max(position) from event_log) from audit_checkpoint")
                                .equals("t"));
                var said = milepost.verify(store.resolve("checkpoint"));
                assertThat(said.text()).contains("verified: ");
                assertThat(said.exitCode()).isZero();
            }
        }
    }

    private static void restore(Path store, Cluster cluster) {
        var said = Said.by(
                Map.of("STORE", store.toString(), "DATABASE", cluster.uri("postgres")),
                "sh",
                "-c",
                "gunzip -c $STORE/dump.sql.gz | psql -Xq -v ON_ERROR_STOP=1 -d $DATABASE");
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    /** The story's requests had keys, and were recorded by a hash of their bytes. */
    private static void repeats(Milepost milepost) {
        var path = "/api/plans/phuket/milestones/cctv-phase-2/reschedule";
        var body = "{\"due\":\"2025-12\",\"on\":\"2025-05\",\"reason\":\"Cameras arrive late\"}";
        assertThat(milepost.post(path, body, "Idempotency-Key", "two")).contains("\"version\":18");
        assertThat(milepost.post(path, body.replace(":", ": "), "Idempotency-Key", "two"))
                .contains("idempotency-key-reused");
    }

    /** Word for word; a later version may say more, such as the evidence of a project's reports. */
    private static void answersAs(Path before, String now) throws IOException, JSONException {
        JSONAssert.assertEquals(
                Files.readString(before),
                now,
                new CustomComparator(
                        JSONCompareMode.STRICT_ORDER,
                        new Customization(
                                "projects[*].evidence",
                                (more, some) -> ((JSONArray) more).length() >= ((JSONArray) some).length())));
    }
}
