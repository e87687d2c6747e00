package milepost.api.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.TestServer;
import milepost.api.identity.security.Raw;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** One id leads from an answer to the log, and, where spans are sent somewhere, from a request to what is read of its fact. */
@ExtendWith({SharedNode.class, OutputCaptureExtension.class})
class TraceIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + CALLER + "-01";
    private static final Pattern PROBLEM = Pattern.compile("\"traceId\":\"(.*?)\"");
    private static final String OPENING = """
            {"plan":"%s","city":"Lakeside","countryCode":"SG","from":"2018","to":"2025","on":"2018"}""";

    private static final Collector COLLECTOR = new Collector();

    /** Started first, so it has all projections. */
    @SuppressWarnings("NullAway.Init")
    private static Node reading;

    @SuppressWarnings("NullAway.Init")
    private static Node asked;

    private final Node off;

    TraceIT(Node off) {
        this.off = off;
    }

    @BeforeAll
    static void start() {
        var database = TestServer.createDatabase();
        reading = Node.on(database, COLLECTOR.settings("reading"));
        asked = Node.on(database, COLLECTOR.settings("asked"));
    }

    @AfterAll
    static void stop() {
        asked.close();
        reading.close();
        COLLECTOR.close();
    }

    @Test
    void a_request_its_command_its_fact_and_what_another_node_reads_of_it_are_one_trace() {
        assertThat(asked.post("/api/plans", OPENING.formatted("lakeside")).statusCode())
                .isEqualTo(201);
        var scheduled = asked.post("/api/plans/lakeside/milestones", """
                {"milestone":"buses","title":"Words of the plan","due":"2025"}""", "traceparent", TRACEPARENT);
        assertThat(scheduled.statusCode()).isEqualTo(201);

        var spans = COLLECTOR.await(TRACE, 5);
        assertThat(spans)
                .extracting(Collector.Sent::node, Collector.Sent::name, span -> parent(span, spans))
                .containsExactlyInAnyOrder(
                        tuple("asked", "http post /api/plans/{plan}/milestones", CALLER),
                        tuple("asked", "command ScheduleMilestone", "http post /api/plans/{plan}/milestones"),
                        tuple("asked", "append", "command ScheduleMilestone"),
                        tuple("reading", "projection plans", "append"),
                        tuple("reading", "projection timeline", "append"));
        assertThat(COLLECTOR.all())
                .allSatisfy(sent -> assertThat(sent.span().toString())
                        .doesNotContain("Words of the plan", "demo-", "Bearer", subject(asked)));
        assertThat(COLLECTOR.all()).extracting(Collector.Sent::name).noneMatch(name -> name.startsWith("task"));
        assertThat(COLLECTOR.paths()).containsExactly("/v1/traces");

        var append = spans.stream()
                .filter(span -> span.name().equals("append"))
                .findFirst()
                .orElseThrow();
        var row = asked.sql()
                .sql("select traceparent, line from event_log where type = 'MilestoneScheduled'")
                .query()
                .singleRow();
        assertThat(row).containsEntry("traceparent", "00-" + TRACE + "-" + append.id() + "-01");
        assertThat(new String((byte[]) row.get("line"), StandardCharsets.UTF_8)).doesNotContain(TRACE, "traceparent");
    }

    @Test
    void where_nothing_is_sent_nothing_is_recorded_whatever_the_caller_does() {
        assertThat(off.post("/api/plans", OPENING.formatted("untraced"), "traceparent", TRACEPARENT)
                        .statusCode())
                .isEqualTo(201);

        assertThat(off.sql()
                        .sql("select count(*) from event_log where traceparent is not null")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_failure_has_the_id_of_its_log_line(CapturedOutput output) {
        asked.sql().sql("""
                insert into event_log (event_id, stream, version, type, payload, metadata)
                values ('of-tomorrow', 'plan/odd', 1, 'OfTomorrow', '{}', '{}')""").update();
        var answer = asked.post("/api/plans/odd/status", "{\"status\":\"endorsed\"}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("in the log by the traceId of this answer");
        assertThat(output.getAll().lines().filter(line -> line.contains("A stored fact cannot be read")))
                .anySatisfy(line -> assertThat(line).contains("[" + id(answer) + "] "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/plans", "/api/plans;x", "/nowhere", "/api/[plans]", "/oauth2/authorize/no"})
    void the_id_goes_on_with_the_callers(String path) {
        assertThat(raw(path, TRACEPARENT)).isEqualTo(TRACE);
    }

    @Test
    void also_on_the_management_port() {
        var request = HttpRequest.newBuilder(off.managementUri("/actuator/projections"));
        assertThat(id(off.send(request.copy().header("traceparent", TRACEPARENT))))
                .isEqualTo(TRACE);
        assertThat(id(off.send(request))).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-XYZ92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            })
    void what_is_no_traceparent_is_passed_over(String header) {
        for (var path : List.of("/api/plans", "/api/[plans]")) {
            assertThat(raw(path, header)).matches("(?!0{32})[0-9a-f]{32}").isNotEqualTo(TRACE);
        }
    }

    private static String parent(Collector.Sent span, List<Collector.Sent> spans) {
        return spans.stream()
                .filter(other -> other.id().equals(span.parent()))
                .map(Collector.Sent::name)
                .findFirst()
                .orElse(span.parent());
    }

    private static String subject(Node node) {
        return Node.json(node.get("/api/account")).path("subject").asString();
    }

    /** Also by paths that no client would send. */
    private String raw(String path, String traceparent) {
        var answer = Raw.send(off.uri(""), "GET " + path + " HTTP/1.1\r\ntraceparent: " + traceparent);
        var problem = PROBLEM.matcher(answer.body());
        return problem.find() ? problem.group(1) : answer.toString();
    }

    private static String id(HttpResponse<String> answer) {
        return Node.json(answer).path("traceId").asString();
    }
}
