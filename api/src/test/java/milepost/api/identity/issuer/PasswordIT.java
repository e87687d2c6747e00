package milepost.api.identity.issuer;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password is its owner's: they alone change it, and one that somebody else has seen is good for nothing else. */
@ExtendWith(SharedNode.class)
class PasswordIT {
    private static final String NEW = "another long password";

    private final Node node;

    PasswordIT(Node node) {
        this.node = node;
    }

    @Test
    void what_is_wrong_with_a_new_password_is_said_all_at_once() {
        var reader = Somebody.reader(node);
        var token = reader.bearer();
        var log = AccessWatch.on(node);
        assertThat(changed(token, "wrong", "short")).isEqualTo(problem(422, "out-of-bounds", "changed", "current"));
        assertThat(changed(token, Somebody.PASSWORD, "é".repeat(37)))
                .as("74 bytes")
                .isEqualTo(problem(422, "out-of-bounds", "changed"));
        assertThat(changed(token, Somebody.PASSWORD, Somebody.PASSWORD))
                .as("the same")
                .isEqualTo(problem(422, "out-of-bounds", "changed"));
        assertThat(Problem.of(node.post("/api/account/password", "{\"curent\":\"x\"}", "Authorization", token)))
                .isEqualTo(problem(400, "malformed", "curent", "changed", "current"));
        assertThat(log.facts()).isEmpty();
        assertThat(node.get("/api/account", "Authorization", token).statusCode())
                .isEqualTo(200);
    }

    @Test
    void twelve_characters_to_seventy_two_bytes_are_a_password() {
        var reader = Somebody.reader(node);
        var longest = "ผกบขปคนงธจทฉถชตซดญณฎฒฏฑฐ"; // three bytes each
        var log = AccessWatch.on(node);
        assertThat(change(reader.bearer(), Somebody.PASSWORD, longest).statusCode())
                .isEqualTo(204);
        assertThat(log.facts().getLast()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("PasswordChanged");
            assertThat(fact.by().subject()).isEqualTo(reader.subject());
            assertThat(fact.payload().toString()).isEqualTo("{\"account\":\"" + reader.subject() + "\"}");
        });
        var token = reader.bearer(longest);
        assertThat(change(token, longest, "t7elve s!gnz").statusCode()).isEqualTo(204);
        node.awaitWithdrawn(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012", "passwordpassword", "qwertyuiop[]", "milepost2026", "aaaaaaaaaaaaaaaa"})
    void one_that_is_guessed_early_is_no_password(String guessed) {
        var token = Somebody.reader(node).bearer();
        assertThat(changed(token, Somebody.PASSWORD, guessed)).isEqualTo(problem(422, "out-of-bounds", "changed"));
    }

    @Test
    void after_five_attempts_a_minute_not_even_the_right_one_is_taken() {
        var reader = Somebody.reader(node);
        var token = reader.bearer();
        for (var i = 0; i < 5; i++)
            assertThat(changed(token, "guess " + i, NEW).status()).isEqualTo(422);
        assertThat(changed(token, Somebody.PASSWORD, NEW)).isEqualTo(problem(429, "too-fast"));
        assertThat(change(Somebody.reader(node).bearer(), Somebody.PASSWORD, NEW)
                        .statusCode())
                .as("somebody else's")
                .isEqualTo(204);
    }

    @Test
    void with_a_temporary_one_nothing_is_granted_but_to_change_it() {
        var newcomer = Somebody.newcomer(node);
        var token = newcomer.bearer();
        for (var path : List.of("/api/plans", "/api/network", "/api/accounts", "/api/access-log", "/api/clients")) {
            var refused = node.get(path, "Authorization", token);
            assertThat(Problem.of(refused)).as(path).isEqualTo(problem(403, "password-temporary"));
            assertThat(Node.json(refused).path("detail").asString()).contains("POST /api/account/password");
        }
        assertThat(Problem.of(node.post("/api/plans", "{}", "Authorization", token)))
                .isEqualTo(problem(403, "password-temporary"));
        assertThat(Problem.of(node.post("/api/clients", "{\"name\":\"c\"}", "Authorization", token)))
                .isEqualTo(problem(403, "password-temporary"));
        assertThat(Problem.of(node.send(HttpRequest.newBuilder(node.managementUri("/actuator/projections"))
                        .header("Authorization", token))))
                .isEqualTo(problem(403, "password-temporary"));
        var own = Node.json(node.get("/api/account", "Authorization", token));
        assertThat(own.path("role").isNull()).isTrue();
        assertThat(own.path("organisation").isNull()).isTrue();
        assertThat(change(token, Somebody.PASSWORD, NEW).statusCode()).isEqualTo(204);
        node.awaitWithdrawn(token);
        assertThat(node.get("/api/accounts", "Authorization", newcomer.bearer(NEW))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> change(String token, String current, String changed) {
        var body = "{\"current\":\"%s\",\"changed\":\"%s\"}".formatted(current, changed);
        return node.post("/api/account/password", body, "Authorization", token);
    }

    private Problem changed(String token, String current, String changed) {
        return Problem.of(change(token, current, changed));
    }
}
