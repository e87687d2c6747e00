package milepost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import milepost.api.Node;
import milepost.api.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is refused however it is asked, what a refusal leaves behind, and how many there may be. */
class RefusalsIT {
    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.on(
                TestServer.createDatabase(),
                "milepost.dataset=none",
                "milepost.limits.refusals-per-minute-and-account=30");
        Asking.openPlans(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, /api/plans/phuket/history, 403",
        "GET, /api/plans/phuket/%68istory, 403",
        "GET, /api/plans/%70huket/history, 403",
        "GET, /api/plans/phuket/history?format=ndjson, 403",
        "GET, /api/plans/phuket/history/, 404",
        "GET, /api/plans/phuket/history.json, 404",
        "GET, /API/plans/phuket/history, 404",
        "GET, /api/plans//phuket/history, 400",
        "GET, /api/plans/phuket;a=b/history, 400",
        "PUT, /api/plans/phuket/history, 405",
    })
    void a_request_is_judged_by_what_it_would_run(String method, String path, int status) {
        var request = node.request(path, "Authorization", node.bearer("csco-vientiane"))
                .method(method, BodyPublishers.noBody());
        assertThat(node.send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void the_access_log_says_who_was_refused_what_and_for_which_right() {
        node.get("/api/plans/vientiane/history", "Authorization", node.bearer("csco-phuket"));
        assertLast("csco", "City of Phuket", """
                {"right":"history","plan":"vientiane","request":"GET /api/plans/{plan}/history"}""");

        node.post("/api/plans/phuket/status", """
                {"status":"closed"}""", "Authorization", node.bearer("csco-phuket"));
        assertLast("csco", "City of Phuket", """
                {"right":"govern","plan":"phuket","request":"ChangePlanStatus"}""");

        node.get("/audit/proof/inclusion?plan=vientiane&version=1", "Authorization", node.bearer("csco-phuket"));
        assertLast("csco", "City of Phuket", """
                {"right":"history","plan":"vientiane","request":"GET /audit/proof/inclusion"}""");

        node.send(HttpRequest.newBuilder(node.managementUri("/actuator/projections/plans/retry"))
                .header("Authorization", node.bearer("auditor"))
                .POST(BodyPublishers.noBody()));
        assertLast("auditor", "Audit office", """
                {"right":"operate","plan":null,"request":"POST /actuator/projections/plans/retry"}""");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/access-log?plan=phuket, access-log",
        "/api/access-log?plan=%00, access-log",
        "/audit/proof/consistency?from=1&plan=%00, history"
    })
    void no_parameter_spoils_a_refusal(String path, String right) {
        var answer = node.get(path, "Authorization", node.bearer("reader"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(lastRefusal().get("payload")))
                .isEqualTo(json("""
                {"right":"%s","plan":null,"request":"GET %s"}""".formatted(right, path.replaceFirst("\\?.*", ""))));
    }

    @Test
    void after_thirty_refusals_within_a_minute_an_account_is_told_to_wait_and_no_more_is_recorded() {
        var begun = System.nanoTime();
        var refused = 0;
        var answer = history("thailand");
        for (; answer.statusCode() == 403 && refused < 1000; refused++) answer = history("thailand");

        var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        assertThat(refused).as("one more every two seconds").isBetween(30, 31 + (int) seconds / 2);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After"))
                .get()
                .satisfies(wait -> assertThat(Integer.parseInt(wait)).isBetween(1, 2));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(node.sql().sql("""
                                select count(*) from event_log where stream = 'access' and type = 'RequestRefused'
                                    and metadata::json -> 'by' ->> 'role' = 'national-representative'""").query(Integer.class).single()).isEqualTo(refused);
        assertThat(node.get("/api/plans", "Authorization", node.bearer("thailand"))
                        .statusCode())
                .as("what is allowed")
                .isEqualTo(200);
        assertThat(history("csco-phuket").statusCode()).as("others").isEqualTo(403);
    }

    private static HttpResponse<String> history(String account) {
        return node.get("/api/plans/vientiane/history", "Authorization", node.bearer(account));
    }

    private static void assertLast(String role, String organisation, String refusal) {
        var last = lastRefusal();
        assertThat(json(last.get("payload"))).isEqualTo(json(refusal));
        var by = json(last.get("metadata")).path("by");
        assertThat(by.path("role").asString()).isEqualTo(role);
        assertThat(by.path("organisation").asString()).isEqualTo(organisation);
        assertThat(by.path("client").asString()).isEqualTo("milepost");
        assertThat(by.path("subject").asString()).hasSize(12);
    }

    private static Map<String, @Nullable Object> lastRefusal() {
        return node.sql().sql("""
                        select payload, metadata from event_log where stream = 'access' and type = 'RequestRefused'
                        order by version desc limit 1""").query().singleRow();
    }

    private static JsonNode json(@Nullable Object text) {
        return JsonMapper.shared().readTree(String.valueOf(text));
    }
}
