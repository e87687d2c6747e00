package milepost.ops.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import milepost.event.Story;
import milepost.log.Moment;
import milepost.query.audit.MerkleTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an auditor is told of a server, by what it answers. */
class VerifyServerTest {
    private static final String TOKEN = "auditor's";

    private final Key key = Key.of(Exported.ORIGIN);
    private final Exported exported = Exported.story(key);
    private final Exported live = Exported.story(key);
    private final Map<String, Supplier<byte[]>> answers = new HashMap<>();
    private final List<Integer> refusals = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put("/api/audit/export", () -> Exported.zip(exported.files()));
        answers.put(
                "/api/plans?limit=200",
                () -> json("{\"items\":[{\"plan\":\"lakeside\"}],\"next\":\"/api/plans?more\"}"));
        answers.put("/api/plans?more", () -> json("{\"items\":[{\"plan\":\"riverside\"}],\"next\":null}"));
        for (var plan : List.of("lakeside", "riverside")) {
            answers.put("/api/plans/" + plan, () -> json(now(live, plan)));
        }
        for (var plan : List.of("lakeside", "riverside")) {
            answers.put("/api/plans/" + plan + "/replay", () -> json(live.replayed(plan)));
            answers.put("/api/plans/" + plan + "/timeline?limit=200", () -> json(live.timeline(plan)));
        }
        answers.put("/audit/log/checkpoint", () -> live.checkpoint.toString().getBytes(UTF_8));
        answers.put("/audit/proof/consistency?from=57&to=58", () -> json("{\"hashes\":" + proof(57, 58) + "}"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** As a server answers today. */
    private static String now(Exported log, String plan) {
        return Objects.requireNonNull(log.folded(Moment.day(Instant.now())).get(plan));
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    private String proof(int from, int to) {
        var leaves = live.leaves();
        var tree = new MerkleTree((height, i) ->
                LineFile.root(leaves.subList((int) i << height, (int) (i + 1) << height), 1L << height));
        return tree.consistency(from, to).stream()
                .map(hash -> "\"" + hash + "\"")
                .toList()
                .toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var status = 200;
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) status = 401;
            if (!refusals.isEmpty()) status = refusals.removeFirst();
            var answer = answers.get(exchange.getRequestURI().toString());
            if (answer == null) status = 404;
            if (status != 200 || answer == null) {
                exchange.getResponseHeaders().add("Retry-After", status == 503 ? "61" : "1");
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            var body = answer.get();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private VerifyTest.Said verify(String token) {
        var printed = new ByteArrayOutputStream();
        var out = new PrintStream(printed, true, UTF_8);
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        var code = Verify.run(List.of(url, "--key", key.toString()), token, Duration.ofMillis(1), out, out);
        return new VerifyTest.Said(code, printed.toString(UTF_8));
    }

    private void assertWrong(String message) {
        var said = verify(TOKEN);
        assertThat(said.text().lines().toList().getLast()).startsWith("WRONG: ").contains(message);
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void what_is_served_is_compared_with_the_facts() {
        refusals.add(429);
        var said = verify(TOKEN);

        assertThat(said.text())
                .contains(
                        "served     2 plans, each as its facts say: ok",
                        "replayed   2 plans, each step as its fact says: ok",
                        "listed     2 plans and their timelines, as their facts say: ok",
                        "published  the checkpoint of 57 entries is of the same log: ok",
                        "verified: 57 entries");
        assertThat(said.code()).isZero();
    }

    @Test
    void lists_and_timelines_are_compared_too() {
        var timeline = live.timeline("lakeside");
        answers.put(
                "/api/plans/lakeside/timeline?limit=200",
                () -> json(timeline.replaceFirst("\"narrative\":null", "\"narrative\":\"Splendid\"")));
        assertWrong(" is not listed as it was recorded: ");
        answers.put("/api/plans/lakeside/timeline?limit=200", () -> json("{\"items\":[]}"));
        assertWrong("plan/lakeside version 1 is in the log and not in the plan's timeline");
        answers.put("/api/plans/lakeside/timeline?limit=200", () -> json(timeline));

        answers.put(
                "/api/plans?more",
                () -> json("{\"items\":[{\"plan\":\"riverside\",\"status\":\"celebrated\"}],\"next\":null}"));
        assertWrong("plan/riverside is not listed as its facts say: ");
        answers.put("/api/plans?more", () -> json("{\"items\":[],\"next\":null}"));
        assertWrong("plan/riverside is in the log and not in the list of plans");
    }

    @Test
    void a_fact_of_meanwhile_is_exported_too_and_one_that_never_comes_is_wrong() {
        live.record(Story.CLOSED, "lakeside");
        live.integrated();
        var exports = new ArrayList<>(List.of(exported, exported, live));
        answers.put(
                "/api/audit/export", () -> Exported.zip(exports.removeFirst().files()));
        assertThat(verify(TOKEN).text())
                .contains("plan/lakeside version 29 is served and not in the log yet: exporting again", "verified: 58");

        answers.put("/api/audit/export", () -> Exported.zip(exported.files()));
        assertWrong("plan/lakeside version 29 is served and not in the log");
    }

    @Test
    void a_server_that_records_faster_than_it_exports_is_not_called_wrong() {
        answers.put("/api/plans/lakeside", () -> {
            live.record(Story.CLOSED, "lakeside");
            live.integrated();
            return json(now(live, "lakeside"));
        });
        var said = verify(TOKEN);
        assertThat(said.text()).contains("more was recorded during each of 4 exports");
        assertThat(said.code()).isEqualTo(2);
    }

    @Test
    void what_is_served_otherwise_is_named() {
        answers.put(
                "/api/plans/lakeside", () -> json(now(live, "lakeside").replace("Electric buses in service", "Buses")));
        assertWrong(
                "plan/lakeside version 28 is not served as its facts say: /milestones/0/title is \"Buses\" in what is served,"
                        + " but \"Electric buses in service\" by the facts");

        live.lines.remove(56);
        answers.put("/api/plans/lakeside", () -> json(now(live, "lakeside")));
        assertWrong("plan/riverside version 27 is served, though the log has version 28");
        answers.remove("/api/plans/lakeside");
        assertWrong("plan/lakeside is in the log and not served");
    }

    @Test
    void a_step_that_is_replayed_otherwise_is_named_by_its_version() {
        live.lines.set(11, live.lines.get(11).replace("\"weight\":2", "\"weight\":1"));
        answers.put("/api/plans/lakeside", () -> json(now(exported, "lakeside")));
        assertWrong("plan/lakeside version 6 is not replayed as it was recorded: /indicators/");

        answers.put("/api/plans/lakeside/replay", () -> json(""));
        assertWrong("plan/lakeside version 1 is in the log and not in the plan's replay");
        answers.remove("/api/plans/lakeside/replay");
        assertWrong("plan/lakeside is in the log and its replay is not served");
    }

    @Test
    void a_server_helps_to_name_what_is_wrong_in_its_export() {
        exported.plans = exported.plans.replaceFirst("\"earnedValue\":2.5", "\"earnedValue\":1.5");
        live.lines.set(11, live.lines.get(11).replace("\"weight\":2", "\"weight\":1"));
        assertWrong(
                "/indicators/earnedValue is 1.5 in plans.ndjson, but 2.5 by the facts; plan/lakeside version 6 is not"
                        + " replayed as it was recorded");

        exported.lines.remove(56);
        exported.plans = "";
        answers.put(
                "/api/plans?more", () -> json("{\"items\":[{\"plan\":\"riverside\",\"version\":28}],\"next\":null}"));
        assertWrong("plan/riverside version 28 is missing, and all after it: the log has 56 entries");
    }

    @Test
    void a_plan_that_is_in_no_log_is_named() {
        answers.put("/api/plans?more", () -> json("{\"items\":[{\"plan\":\"atlantis\"}],\"next\":null}"));
        assertWrong("plan/atlantis is served and not in the log");
    }

    @Test
    void the_published_checkpoint_is_of_the_same_log() {
        live.introduce(Key.of(Exported.ORIGIN));
        live.keys.removeLast();
        live.integrated();
        assertThat(verify(TOKEN).text()).contains("the checkpoint of 58 entries is of the same log");

        live.lines.set(0, live.lines.get(0).replace("s-1", "s-2"));
        live.integrated();
        assertWrong("the published checkpoint of 58 entries and the bundle's of 57 are not of one log");
        live.lines.removeLast();
        live.integrated();
        assertWrong("the published checkpoint of 57 entries and the bundle's of 57 are not of one log");
        live.keys.set(0, Key.of(Exported.ORIGIN));
        live.integrated();
        assertWrong("the published checkpoint: it is signed by none of");
    }

    @Test
    void who_may_not_ask_is_told_what_to_do() {
        assertThat(verify("nobody's").text()).contains("does not know you (401)", "export MILEPOST_TOKEN=$(ops/token");
        assertThat(verify("nobody's").code()).isEqualTo(2);
        refusals.add(403);
        assertThat(verify(TOKEN).text()).contains("is not for you (403)");
        refusals.add(503);
        assertThat(verify(TOKEN).text()).contains("/api/audit/export is too busy (503): try again in 61 s");
        answers.remove("/api/audit/export");
        assertThat(verify(TOKEN).text()).contains("/api/audit/export is not there");
    }
}
