package milepost.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import milepost.api.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the documentation says is what the API does. */
class ApiDocumentationIT {
    /** Where each example is sent, in an order in which each can follow those before it. */
    private static final Map<String, String> PATHS = new LinkedHashMap<>();

    static {
        PATHS.put("Opening", "/api/plans");
        PATHS.put("PlanStatusChange", "/api/plans/{plan}/status");
        PATHS.put("Retraction", "/api/plans/{plan}/retractions");
        PATHS.put("PlanReport", "/api/plans/{plan}/status-reports");
        PATHS.put("Appointment", "/api/plans/{plan}/officers");
        PATHS.put("Relief", "/api/plans/{plan}/officers/{officer}/relieve");
        PATHS.put("Addition", "/api/plans/{plan}/projects");
        PATHS.put("ProjectChange", "/api/plans/{plan}/projects/{project}/rename");
        PATHS.put("PhaseChange", "/api/plans/{plan}/projects/{project}/phase");
        PATHS.put("ProjectReport", "/api/plans/{plan}/projects/{project}/status-reports");
        PATHS.put("Scheduling", "/api/plans/{plan}/milestones");
        PATHS.put("Rescheduling", "/api/plans/{plan}/milestones/{milestone}/reschedule");
        PATHS.put("PartSettling", "/api/plans/{plan}/milestones/{milestone}/partially-met");
        PATHS.put("Settling", "/api/plans/{plan}/milestones/{milestone}/met");
        PATHS.put("MilestoneAmendment", "/api/plans/{plan}/milestones/{milestone}/amend");
        PATHS.put("Recording", "/api/plans/{plan}/partnerships");
        PATHS.put("PartnershipStatusChange", "/api/plans/{plan}/partnerships/{partnership}/status");
        PATHS.put("PartnershipAmendment", "/api/plans/{plan}/partnerships/{partnership}/amend");
    }

    private static Node node;
    private static JsonNode api;

    @BeforeAll
    static void start() {
        node = Node.withDataset();
        api = node.read("/v3/api-docs");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void every_example_is_shown_and_does_what_it_says() {
        assertThat(PATHS.keySet()).containsExactlyInAnyOrderElementsOf(Examples.BODIES.keySet());

        PATHS.forEach((name, path) -> {
            var example = String.valueOf(Examples.BODIES.get(name));
            var json = post(path).at("/requestBody/content/application~1json");
            assertThat(json.path("schema").path("$ref").asString()).endsWith("/" + name);
            assertThat(json.path("example")).isEqualTo(JsonMapper.shared().readTree(example));

            var answer = node.post(filled(path), example);
            assertThat(answer.statusCode())
                    .as("%s: %s", name, answer.body())
                    .isEqualTo(Examples.CREATING.contains(name) ? 201 : 200);
            assertThat(answer.statusCode())
                    .satisfies(status -> assertThat(post(path).path("responses").has(Integer.toString(status)))
                            .isTrue());
        });
    }

    @Test
    void every_write_names_its_failures_headers_and_required_fields() {
        api.path("paths").forEachEntry((path, item) -> {
            if (!item.has("post") || !path.startsWith("/api/plans")) return;
            var operation = item.path("post");
            assertThat(operation.path("responses").propertyNames())
                    .as(path)
                    .contains("200", "400", "404", "409", "412", "413", "415", "422", "503");
            assertThat(operation
                            .path("parameters")
                            .valueStream()
                            .map(p -> p.path("name").asString()))
                    .as(path)
                    .contains("If-Match", "Idempotency-Key", "Prefer")
                    .doesNotContain("target");
        });
        assertThat(api.at("/components/schemas/Recording/required")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyInAnyOrder("partnership", "status");
        assertThat(api.at("/components/schemas/Opening/required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("city", "countryCode", "from", "to");
    }

    @Test
    void every_operation_says_how_to_sign_in_and_what_meets_who_has_not() {
        assertThat(api.at("/components/securitySchemes/sign-in/flows/authorizationCode/tokenUrl")
                        .asString())
                .isEqualTo(node.uri("/oauth2/token").toString());
        assertThat(api.at("/security/0").has("sign-in")).isTrue();
        api.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> assertThat(
                                operation.path("responses").propertyNames())
                        .as(method + " " + path)
                        .contains("401", "403", "429")));
    }

    @Test
    void a_reschedule_says_its_due_date_even_if_there_is_none() {
        assertThat(api.at("/components/schemas/Rescheduling/required")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("due");
        assertThat(node.post("/api/plans/vientiane/milestones/2-brt-service/reschedule", "{\"no\":1}")
                        .body())
                .contains(
                        "\"status\":400",
                        "\"field\":\"due\",\"message\":\"is required; null stands for none\"",
                        "\"field\":\"no\"");
        assertThat(node.post("/api/plans/vientiane/milestones/2-brt-service/reschedule", "{\"due\":null}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_parameter_that_cannot_be_read_is_told_what_it_takes() {
        assertThat(node.get("/api/plans/phuket?on=yesterday&asOf=noon").body())
                .contains(
                        "'yesterday' is no date: give a day (2018-07-08), a month (2018-07) or a year (2018)",
                        "'noon' is no instant, such as 2026-11-20T08:15:30Z");
    }

    @Test
    void it_is_openapi_3_1_and_can_be_browsed_without_another_server() {
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(node.get("/api").headers().firstValue("Location"))
                .hasValueSatisfying(page -> assertThat(node.get(page.substring(page.indexOf("/swagger-ui")))
                                .body())
                        .contains("swagger-ui")
                        .doesNotContain("https://"));
    }

    private static JsonNode post(String path) {
        return api.path("paths").path(path).path("post");
    }

    private static String filled(String path) {
        return path.replace("{plan}", "phuket")
                .replace("{officer}", "jane-doe")
                .replace("{project}", "3")
                .replace("{milestone}", "cctv-phase-2")
                .replace("{partnership}", "dell");
    }
}
