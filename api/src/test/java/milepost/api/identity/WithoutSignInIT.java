package milepost.api.identity;

import static java.util.stream.Collectors.toMap;
import static milepost.api.identity.RightsTable.NO;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import milepost.api.Node;
import milepost.api.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered without sign-in by a node that is read in public, and whose metrics are reached from elsewhere. */
class WithoutSignInIT {
    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.on(
                TestServer.createDatabase(),
                "milepost.dataset=none",
                "milepost.public-read=true",
                "management.server.address=0.0.0.0");
        Asking.openPlans(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void plans_timelines_and_documents_are_answered_as_a_reader_is_and_nothing_else() throws IOException {
        var table = RightsTable.ofEndpoints();
        var api = table.names().stream().filter(row -> !Asking.isManaged(row)).toList();
        var expected = table.column("reader");
        expected.keySet().retainAll(api);
        expected.replaceAll((row, cell) -> row.matches(".* /api/(account|clients).*") ? NO : cell);

        var nobody = new Asking(node, null);
        assertThat(api.stream().collect(toMap(row -> row, nobody::cell))).isEqualTo(expected);
    }

    @Test
    void of_authors_only_role_and_organisation_are_shown() {
        var timeline = node.send(HttpRequest.newBuilder(node.uri("/api/plans/phuket/timeline")));
        var author = Node.json(timeline).path("items").path(0).path("by");
        assertThat(author.path("subject").isNull()).isTrue();
        assertThat(author.path("client").isNull()).isTrue();
        assertThat(author.path("role").asString()).isEqualTo("secretariat");
        assertThat(author.path("organisation").asString()).isEqualTo("ASCN Secretariat");
    }

    @Test
    void a_bad_token_is_refused_even_where_none_is_needed() {
        assertThat(node.get("/api/plans", "Authorization", "Bearer x").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/v3/api-docs", "/swagger-ui/index.html", "/login", "/oauth2/jwks"})
    void the_reference_and_what_signing_in_takes_are_open(String path) {
        assertThat(node.send(HttpRequest.newBuilder(node.uri(path))).statusCode())
                .isIn(200, 302);
    }

    @Test
    void metrics_that_others_can_reach_are_for_the_operator() {
        assertThat(metrics().statusCode()).isEqualTo(401);
        assertThat(metrics("reader").statusCode()).isEqualTo(403);
        assertThat(metrics("secretariat").statusCode()).isEqualTo(403);
        assertThat(metrics("operator").statusCode()).isEqualTo(200);
        assertThat(node.send(HttpRequest.newBuilder(node.managementUri("/actuator/health")))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> metrics() {
        return node.send(HttpRequest.newBuilder(node.managementUri("/actuator/prometheus")));
    }

    private static HttpResponse<String> metrics(String account) {
        return node.send(HttpRequest.newBuilder(node.managementUri("/actuator/prometheus"))
                .header("Authorization", node.bearer(account)));
    }
}
