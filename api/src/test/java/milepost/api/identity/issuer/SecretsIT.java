package milepost.api.identity.issuer;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A program proves who it is by its secret; guesses are recorded, and then slowed down. */
@ExtendWith(SharedNode.class)
class SecretsIT {
    private final Node node;

    SecretsIT(Node node) {
        this.node = node;
    }

    @Test
    void the_secret_may_come_as_basic_and_not_in_the_query() {
        var client = client();
        var pair = id(client) + ":" + client.path("secret").asString();
        var basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        assertThat(post(Map.of("grant_type", "client_credentials"), "Authorization", basic)
                        .statusCode())
                .isEqualTo(200);
        var query = node.send(HttpRequest.newBuilder(node.uri("/oauth2/token?grant_type=client_credentials&client_id="
                        + id(client) + "&client_secret="
                        + client.path("secret").asString()))
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(query.statusCode()).isEqualTo(401);
    }

    @Test
    void a_wrong_secret_and_an_unknown_program_are_answered_alike_and_recorded_apart() {
        var client = client();
        var wrong = new HashMap<>(Somebody.credentials(client));
        wrong.put("client_secret", "guessed");
        var log = AccessWatch.on(node);
        var unknown = new HashMap<>(wrong);
        for (var name : new String[] {"nobody", "a\u0000b", "", "x".repeat(10_000)}) {
            unknown.put("client_id", name);
            var answer = post(unknown);
            assertThat(answer.statusCode()).isIn(400, 401);
            assertThat(answer.body()).isIn("{\"error\":\"invalid_client\"}", "{\"error\":\"invalid_request\"}");
        }
        assertThat(log.facts()).allSatisfy(fact -> {
            assertThat(fact.type()).isEqualTo("SignInRefused");
            assertThat(fact.payload().path("reason").asString()).isEqualTo("unknown");
            assertThat(fact.payload().path("client").isNull()).isTrue();
        });
        var known = AccessWatch.on(node);
        assertThat(post(wrong).body()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(known.only().payload().path("reason").asString()).isEqualTo("wrong-secret");
        assertThat(known.only().payload().toString()).doesNotContain("guessed");
    }

    @Test
    void who_keeps_guessing_a_secret_is_slowed_down() {
        var form = Map.of("grant_type", "client_credentials", "client_id", "nobody", "client_secret", "guess");
        var log = AccessWatch.on(node);
        var refused = 0;
        var answer = post("127.0.5.1", form);
        for (; answer.statusCode() == 401 && refused < 50; answer = post("127.0.5.1", form)) refused++;
        assertThat(Problem.of(answer)).isEqualTo(problem(429, "too-fast"));
        assertThat(refused).isBetween(30, 40);
        assertThat(log.facts()).hasSize(refused);
        assertThat(post("127.0.5.2", Somebody.credentials(client())).statusCode())
                .isEqualTo(200);
    }

    private JsonNode client() {
        return Somebody.reader(node).client("{\"name\":\"import\"}");
    }

    private static String id(JsonNode client) {
        return client.path("client").path("client").asString();
    }

    private HttpResponse<String> post(Map<String, String> form, String... headers) {
        return node.send(request(form, headers));
    }

    private HttpResponse<String> post(String from, Map<String, String> form) {
        return node.send(from, request(form));
    }

    private HttpRequest.Builder request(Map<String, String> form, String... headers) {
        var request = HttpRequest.newBuilder(node.uri("/oauth2/token")).POST(SignIn.form(form));
        if (headers.length > 0) request.headers(headers);
        return request.header("Content-Type", "application/x-www-form-urlencoded");
    }
}
