package milepost.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import milepost.api.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the documentation says is what the API does. */
class ApiDocumentationIT {
    private static Node node;
    private static JsonNode api;
    private static Described described;

    @BeforeAll
    static void start() {
        node = Node.withDataset();
        api = node.read("/v3/api-docs");
        described = Described.of(api);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void every_operation_has_a_name_of_its_own_that_a_client_library_can_use() {
        var names = described.operations().stream()
                .map(operation -> operation.said().path("operationId").asString())
                .toList();
        assertThat(names)
                .as("say it: @Operation(operationId = …), a verb first, in all methods of one path alike")
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+([A-Z][a-z]+)+"), "as readPlan");
    }

    @Test
    void every_field_and_parameter_says_what_it_means() {
        var silent = new ArrayList<String>();
        api.at("/components/schemas")
                .forEachEntry((name, schema) -> schema.path("properties")
                        .forEachEntry((field, said) -> note(silent, name + "." + field, said)));
        described
                .operations()
                .forEach(operation -> operation
                        .said()
                        .path("parameters")
                        .forEach(parameter -> note(
                                silent,
                                operation + ", " + parameter.path("name").asString(),
                                parameter)));
        assertThat(silent)
                .as("describe them in openapi/fields.yaml, by the record that has the field")
                .isEmpty();
    }

    private static void note(List<String> silent, String what, JsonNode said) {
        if (said.path("description").asString("").isBlank()) silent.add(what);
    }

    @Test
    void nothing_is_described_that_is_not_there() {
        var said =
                api.findValues("description").stream().map(JsonNode::asString).toList();
        FieldWords.read()
                .byRecord()
                .forEach((record, fields) -> fields.forEach((field, words) -> assertThat(said)
                        .as("%s.%s of openapi/fields.yaml", record, field)
                        .anyMatch(text -> text.startsWith(String.valueOf(words.getFirst())))));
    }

    @Test
    void every_body_and_every_answer_has_an_example_that_is_as_described() {
        var wrong = new ArrayList<String>();
        described.operations().forEach(operation -> {
            operation
                    .said()
                    .at("/requestBody/content")
                    .forEachEntry((type, media) -> check(wrong, operation + " asked", media));
            operation
                    .said()
                    .path("responses")
                    .forEachEntry((status, response) -> response.path("content")
                            .forEachEntry((type, media) -> check(wrong, operation + " " + status + " " + type, media)));
        });
        assertThat(wrong).isEmpty();
    }

    private static void check(List<String> wrong, String what, JsonNode media) {
        if (media.at("/schema/format").asString("").equals("binary")) return;
        if (media.has("example")) {
            described.broken(media.path("schema"), media.path("example")).forEach(found -> wrong.add(what + found));
        } else {
            wrong.add(what + " has no example");
        }
    }

    @Test
    void what_may_be_left_out_is_not_filled_in_and_what_is_asked_for_can_be() {
        described
                .operations()
                .forEach(operation -> operation.said().path("parameters").forEach(parameter -> {
                    var required = parameter.path("required").asBoolean(false);
                    var schema = parameter.path("schema");
                    assertThat(schema.path("type").isString())
                            .as("%s: one type in %s", operation, parameter)
                            .isTrue();
                    assertThat(parameter.has("example"))
                            .as("%s: an example in %s", operation, parameter)
                            .isEqualTo(required);
                    assertThat(schema.has("example") || schema.has("default") || parameter.has("examples"))
                            .as("%s: filled in by the schema of %s", operation, parameter)
                            .isFalse();
                }));
    }

    @Test
    void what_is_tried_as_it_is_offered_changes_no_city_s_plan() {
        var before = versions();
        described.operations().forEach(operation -> {
            var path = operation.path();
            var query = new ArrayList<String>();
            for (var parameter : operation.said().path("parameters")) {
                var name = parameter.path("name").asString();
                var example = parameter.path("example").asString("");
                path = path.replace("{" + name + "}", example);
                if (parameter.path("in").asString().equals("query") && !example.isEmpty())
                    query.add(name + "=" + example);
            }
            var url = query.isEmpty() ? path : path + "?" + String.join("&", query);
            if (operation.method().equals("GET")) {
                var accept = operation
                        .said()
                        .at("/responses/200/content")
                        .propertyNames()
                        .iterator()
                        .next();
                assertThat(node.get(url, "Accept", accept).statusCode()).as(url).isIn(200, 403, 404);
            } else {
                var example = operation.said().at("/requestBody/content/application~1json/example");
                assertThat(node.post(url, example.toString()).statusCode())
                        .as(url)
                        .isIn(200, 201, 204, 404, 409, 422);
            }
        });
        node.awaitProjections();
        assertThat(versions()).containsAllEntriesOf(before).hasSize(before.size() + 1);
    }

    private static Map<String, Long> versions() {
        return node.read("/api/plans?limit=200")
                .path("items")
                .valueStream()
                .collect(Collectors.toMap(
                        plan -> plan.path("plan").asString(),
                        plan -> plan.path("version").asLong()));
    }

    @Test
    void what_is_required_of_a_body_is_what_it_is_refused_without() {
        described.operations().stream()
                .filter(operation -> operation.method().equals("POST"))
                .forEach(operation -> {
                    var media = operation.said().at("/requestBody/content/application~1json");
                    var schema = api.at(media.at("/schema/$ref").asString().substring(1));
                    var required = schema.path("required")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList();
                    var path = operation.path().replace("{plan}", "phuket").replaceAll("\\{[a-z]+}", "none");
                    assertThat(required)
                            .as("%s: @Required or not @Nullable", operation)
                            .containsAll(missing(node.post(path, "{}")));
                    for (var field : required) {
                        var without = (ObjectNode) media.path("example").deepCopy();
                        without.remove(field);
                        assertThat(Problem.of(node.post(path, without.toString()))
                                        .fields())
                                .as("%s without %s", operation, field)
                                .contains(field);
                    }
                });
    }

    private static List<String> missing(HttpResponse<String> answer) {
        return Node.json(answer)
                .path("errors")
                .valueStream()
                .filter(error -> error.path("message").asString().startsWith("is required"))
                .map(error -> error.path("field").asString())
                .toList();
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
                .containsExactlyInAnyOrder("partnership", "status", "title", "organisations");
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
}
