package milepost.api.identity.security;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a path is written, whoever may not have what it leads to does not get it; nor does who says to be another. */
@ExtendWith(SharedNode.class)
@TestInstance(Lifecycle.PER_CLASS)
class EntryIT {
    private final Node node;
    private final String reader;
    private final String other;

    EntryIT(Node node) {
        this.node = node;
        reader = Somebody.reader(node).bearer();
        other = Somebody.reader(node).bearer();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/access-log",
                "/api/access-log?format=ndjson",
                "/api/access%2dlog",
                "/%61pi/access-log",
                "/api/access-log/",
                "//api/access-log",
                "/api//access-log",
                "/api/access-log//",
                "/api/access-log;x=1",
                "/api;x=1/access-log",
                "/;/api/access-log",
                "/api%2faccess-log",
                "/api%2Faccess-log",
                "/api%252faccess-log",
                "/api%5caccess-log",
                "/api\\access-log",
                "/./api/access-log",
                "/api/./access-log",
                "/api/%2e/access-log",
                "/login/../api/access-log",
                "/swagger-ui/../api/access-log",
                "/swagger-ui/..;/api/access-log",
                "/swagger-ui/%2e%2e/api/access-log",
                "/v3/api-docs/..%2f../api/access-log",
                "/api/access-log%00",
                "/api/access-log%00.html",
                "/api/access-log%0a",
                "/api/access-log%20",
                "/api/access-log%3f",
                "/api/access-log.json",
                "/API/access-log",
                "/api/Access-Log",
                "/api/access-log#fragment",
                "/api/access\u00adlog",
                "http://127.0.0.1/api/access-log",
                "*",
                "/api/plans/../access-log"
            })
    void a_reader_does_not_get_the_auditors_page_by_another_way_to_write_it(String path) {
        var answer = Raw.send(node.uri(""), "GET " + path + " HTTP/1.1\r\nAuthorization: " + reader);
        assertThat(answer.status()).isIn(400, 403, 404);
        assertThat(answer.isProblem()).as(answer.head()).isTrue();
        assertThat(answer.body()).doesNotContain("SignedIn");
    }

    @Test
    void an_auditor_does_get_it() {
        var answer = Raw.send(node.uri(""), "GET /api/access-log HTTP/1.1\r\nAuthorization: " + node.bearer("auditor"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("SignedIn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/projections",
                "/actuator",
                "/actuator/info",
                "/actuator//projections",
                "/actuator/projections/",
                "/actuator/projections;x=1",
                "/actuator/health/../projections",
                "/actuator/health/..;/projections",
                "/actuator/prometheus/..%2fprojections",
                "/actuator/%70rojections",
                "/Actuator/projections"
            })
    void nor_the_operators(String path) {
        var answer = Raw.send(node.managementUri(""), "GET " + path + " HTTP/1.1\r\nAuthorization: " + reader);
        assertThat(answer.status()).isIn(400, 403, 404);
        assertThat(answer.body()).doesNotContain("\"lag\"", "\"_links\"");
    }

    @ParameterizedTest
    @CsvSource({
        "X-HTTP-Method-Override, GET",
        "X-HTTP-Method, GET",
        "X-Method-Override, GET",
        "X-Original-URL, /api/plans",
        "X-Rewrite-URL, /api/plans",
        "X-Forwarded-Prefix, /api",
        "X-Forwarded-User, demo-auditor",
        "X-User, demo-auditor",
        "X-Role, auditor"
    })
    void no_header_makes_another_request_of_it(String header, String value) {
        assertThat(Problem.of(node.get("/api/access-log", "Authorization", other, header, value)))
                .isEqualTo(problem(403, "not-allowed"));
        assertThat(Problem.of(node.post("/api/accounts?_method=GET", "{}", "Authorization", other, header, value)))
                .isEqualTo(problem(403, "not-allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "PATCH", "DELETE", "PUT", "get", "GET\t", "FOO"})
    void no_method_gets_around_it(String method) {
        var answer = Raw.send(node.uri(""), method + " /api/access-log HTTP/1.1\r\nAuthorization: " + reader);
        assertThat(answer.status()).isBetween(400, 501).isNotEqualTo(500);
        assertThat(answer.body()).doesNotContain("SignedIn", "Bearer ");
    }

    @Test
    void head_and_options_tell_nothing_either() {
        var head = Raw.send(node.uri(""), "HEAD /api/access-log HTTP/1.1\r\nAuthorization: " + reader);
        assertThat(head.status()).isEqualTo(403);
        assertThat(head.body()).isEmpty();
        assertThat(Raw.send(node.uri(""), "OPTIONS /api/access-log HTTP/1.1").status())
                .isEqualTo(401);
    }
}
