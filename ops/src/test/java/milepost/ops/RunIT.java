package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import milepost.event.json.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Started, stopped, killed and started again: what was acknowledged is there, and nothing is imported twice. */
class RunIT {
    private static final int TERMINATED = 143;
    private static final String IMPORTED = "Imported the ASCN dataset: 372 facts of 26 plans recorded";
    private static final String IMPORTED_ALREADY = "The ASCN dataset is imported already";
    private static final String DEMO = "milepost-demo";
    private static final String MILESTONE = """
        {"milestone":"cctv-phase-2","project":"2","title":"CCTV phase 2 in service","due":"2025-06","on":"2024-03"}\
        """;

    private static final String PLAN = """
        {"city":"Chiang Mai","countryCode":"TH","from":"2024","to":"2030","on":"2024"}\
        """;

    @TempDir
    Path data;

    @Test
    void what_was_acknowledged_is_there_however_it_ended() {
        String imported;
        List<CompletableFuture<String>> inFlight;
        try (var first = Milepost.run(data, Milepost.freePort(), Map.of()).awaitReady()) {
            assertThat(first.log()).contains(IMPORTED);
            assertThat(first.lastLine()).contains("Milepost is ready: http://127.0.0.1:" + first.port() + "/api");
            imported = first.get("/api/plans/phuket/history?format=ndjson");
            inFlight = ask(first, "in-flight");
        }

        var stopped = Milepost.start(data);
        assertThat(stopped.log()).contains(IMPORTED_ALREADY);
        var bangkok = stopped.get("/api/plans/bangkok/history?format=ndjson");
        for (var n = 0; n < inFlight.size(); n++) {
            var isRecorded = bangkok.contains("\"milestone\":\"in-flight-" + n + "\"");
            assertThat(isAcknowledged(inFlight.get(n))).as("in flight: " + n).isEqualTo(isRecorded);
        }
        assertThat(stopped.get("/api/plans/phuket/history?format=ndjson")).isEqualTo(imported);
        assertThat(stopped.post("/api/plans/phuket/milestones", MILESTONE)).contains("\"version\":17");
        stopped.killHard();
        Milepost.killPostgres(data);

        var bothKilled = Milepost.start(data);
        assertThat(bothKilled.get("/api/plans/phuket?version=17")).contains("cctv-phase-2");
        assertThat(bothKilled.post("/api/plans/phuket/milestones/cctv-phase-2/met", "{}"))
                .contains("\"version\":18");
        var late = ask(bothKilled, "late");
        bothKilled.stopWithPostgres(data);
        assertThat(bothKilled.exitCode()).isEqualTo(TERMINATED);
        assertThat(bothKilled.log()).doesNotContain("\tat ");
        assertThat(bothKilled.log().lines()).hasSizeLessThan(60);
        assertThat(late).allSatisfy(answer -> assertThat(said(answer)).matches("|.*(\"version\":|\"status\":503).*"));

        try (var allStopped = Milepost.start(data)) {
            assertThat(allStopped.log()).contains(IMPORTED_ALREADY);
            assertThat(allStopped.get("/api/plans/phuket?version=18")).contains("cctv-phase-2", "\"metOn\"");
            var last = allStopped.get("/api/plans/bangkok/history?format=ndjson");
            for (var n = 0; n < late.size(); n++)
                if (isAcknowledged(late.get(n))) assertThat(last).contains("\"milestone\":\"late-" + n + "\"");
        }
    }

    /** Milestones, asked for at once; one of them is answered. */
    private static List<CompletableFuture<String>> ask(Milepost milepost, String name) {
        var asked = IntStream.range(0, 16)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> milepost.post("/api/plans/bangkok/milestones", """
                            {"milestone":"%s-%s","title":"Asked while it stops","due":"2030","on":"2024"}\
                            """.formatted(name, n)),
                        Thread::startVirtualThread))
                .toList();
        Milepost.await("to answer one", () -> asked.stream().anyMatch(CompletableFuture::isDone));
        return asked;
    }

    /** Nothing where the connection was refused. */
    private static String said(CompletableFuture<String> answer) {
        return answer.exceptionally(refused -> "").join();
    }

    private static boolean isAcknowledged(CompletableFuture<String> answer) {
        return said(answer).contains("\"version\":");
    }

    @Test
    void an_import_that_was_killed_goes_on_at_the_next_start() {
        var milepost = Milepost.launch(data, Milepost.freePort(), Map.of());
        Milepost.await("to begin the import", () -> milepost.log().contains("Started Milepost"));
        milepost.killHard(); // PostgreSQL goes on

        try (var again = Milepost.start(data)) {
            assertThat(again.log()).containsPattern("Imported the ASCN dataset: \\d+ facts|" + IMPORTED_ALREADY);
            assertThat(again.get("/api/network?on=2026-11-20")).contains("\"plans\":26,", "\"projects\":50");
            assertThat(again.get("/api/plans/vientiane/history?format=ndjson").lines())
                    .hasSize(23);
        }
    }

    @Test
    void two_share_nothing_and_a_third_on_the_same_data_or_port_is_told_what_to_do(
            @TempDir Path other, @TempDir Path third) {
        var none = Map.of("MILEPOST_DATASET", "none");
        try (var one = Milepost.launch(data, Milepost.freePort(), none).awaitReady();
                var two = Milepost.launch(other, Milepost.freePort(), none).awaitReady()) {
            assertThat(one.post("/api/plans", PLAN)).contains("\"plan\":\"chiang-mai\",\"version\":1");
            assertThat(one.get("/api/plans/chiang-mai/history")).contains("PlanOpened");
            assertThat(two.get("/api/plans")).isEqualTo("{\"items\":[],\"next\":null}");

            var sameData = Milepost.launch(data, Milepost.freePort(), none);
            assertThat(sameData.exitCode()).isNotZero();
            assertThat(sameData.lastLine()).contains("Milepost did not start", Long.toString(one.pid()));

            var samePort = Milepost.run(third, one.port(), none);
            assertThat(samePort.exitCode()).isNotZero();
            assertThat(samePort.lastLine()).contains("Milepost did not start", "SERVER_PORT");
            assertThat(samePort.log()).doesNotContain("\tat ");
            assertThat(third).as("what the next start would find").isEmptyDirectory();

            tells(two);
            Milepost.killPostgres(other);
            assertThat(token(two, "demo-reader", DEMO).text()).contains("can sign nobody in now (503)");
            two.killHard();
        }
    }

    /** What keeps somebody from a token has its own words; the proxy of the environment is not for this machine. */
    private static void tells(Milepost milepost) {
        var opened = milepost.post("/api/accounts", "{\"username\":\"new\",\"role\":\"reader\"}");
        var temporary = EventJson.MAPPER.readTree(opened).path("password").asString();
        assertThat(token(milepost, "new", temporary)).satisfies(said -> {
            assertThat(said.text()).contains("eyJ", "the password is temporary: change it by POST " + milepost.url());
            assertThat(said.exitCode()).isZero();
        });
        assertThat(token(milepost, "demo-csco", "wrong").text()).contains("wrong username or password");
        Milepost.await(
                "to turn a guesser away",
                () -> token(milepost, "demo-csco", "wrong")
                        .text()
                        .contains("too many attempts (429): Too many requests"));
        var nobody = Said.by(
                Map.of("MILEPOST_PASSWORD", DEMO, "SERVER_PORT", Integer.toString(Milepost.freePort())),
                Milepost.root().resolve("ops/token").toString(),
                "demo-reader");
        assertThat(nobody.text()).contains("no issuer answers at http://127.0.0.1:");
        assertThat(nobody.exitCode()).isEqualTo(1);
    }

    private static Said token(Milepost milepost, String username, String password) {
        return Said.by(
                Map.of(
                        "MILEPOST_PASSWORD",
                        password,
                        "MILEPOST_URL",
                        milepost.url(),
                        "http_proxy",
                        "http://127.0.0.1:1"),
                Milepost.root().resolve("ops/token").toString(),
                username);
    }

    @Test
    void it_connects_to_nothing_but_this_machine() throws IOException {
        Tool.require("strace", "strace");
        var calls = Files.createTempFile("connections", ".txt");
        try (var milepost = Milepost.run(
                        data,
                        Milepost.freePort(),
                        Map.of("MILEPOST_DATASET", "none"),
                        "strace",
                        "--follow-forks",
                        "--seccomp-bpf", // or each call of all kinds would stop it twice
                        "--trace=connect,sendto",
                        "--signal=none",
                        "--output=" + calls)
                .awaitReady()) {
            assertThat(milepost.post("/api/plans", PLAN)).contains("chiang-mai");
        }

        assertThat(Files.readAllLines(calls).stream()
                        .filter(call -> call.contains("sin_addr") || call.contains("inet_pton")))
                .isNotEmpty()
                .allMatch(
                        call -> call.contains("127.0.0.1") || call.contains("\"::1\"") || call.contains("::ffff:127."));
    }
}
