package milepost.api.identity.issuer;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import milepost.api.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A program gets tokens by its secret, with at most what its account may now, until it is revoked. */
@ExtendWith(SharedNode.class)
class ProgramsIT {
    private static final String MINE = "{\"name\":\"import\"}";

    private final Node node;

    ProgramsIT(Node node) {
        this.node = node;
    }

    @Test
    void its_token_lives_ten_minutes_and_names_account_and_program() {
        var officer = officer();
        var client = officer.client(MINE);
        var log = AccessWatch.on(node);
        var answer = token(client);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(Node.json(answer).path("expires_in").asInt()).isBetween(599, 600);
        assertThat(Node.json(answer).has("refresh_token")).isFalse();
        var own = Node.json(node.get("/api/account", "Authorization", bearer(answer)));
        assertThat(own.path("subject").asString()).isEqualTo(officer.subject());
        assertThat(own.path("client").asString()).isEqualTo(id(client));
        assertThat(own.path("role").asString()).isEqualTo("csco");
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("SignedIn");
            assertThat(fact.by().subject()).isEqualTo(officer.subject());
            assertThat(fact.by().client()).isEqualTo(id(client));
        });
    }

    @ParameterizedTest
    @CsvSource({"csco, bangkok", "auditor,", "secretariat,", "operator,", "national-representative,"})
    void it_never_has_more_than_its_account(String role, String city) {
        var body = "{\"name\":\"more\",\"role\":\"%s\"%s%s}"
                .formatted(
                        role,
                        city == null ? "" : ",\"cities\":[\"phuket\",\"" + city + "\"]",
                        role.startsWith("national") ? ",\"country\":\"TH\"" : "");
        assertThat(Problem.of(node.post("/api/clients", body, "Authorization", node.bearer("csco-phuket"))))
                .isEqualTo(problem(403, "forbidden"));
    }

    @Test
    void it_may_have_less() {
        var client = officer().client("{\"name\":\"less\",\"role\":\"reader\"}");
        var own = Node.json(node.get("/api/account", "Authorization", bearer(token(client))));
        assertThat(own.path("role").asString()).isEqualTo("reader");
        assertThat(own.path("cities").size()).isZero();
    }

    @Test
    void it_cannot_manage_programs() {
        var officer = officer();
        var client = officer.client(MINE);
        var its = bearer(token(client));
        assertThat(Problem.of(node.post("/api/clients", MINE, "Authorization", its)))
                .isEqualTo(problem(403, "forbidden"));
        assertThat(Problem.of(node.get("/api/clients", "Authorization", its))).isEqualTo(problem(403, "forbidden"));
        assertThat(Problem.of(node.post("/api/clients/" + id(client) + "/revoke", "{}", "Authorization", its)))
                .isEqualTo(problem(403, "forbidden"));
        assertThat(node.get("/api/account", "Authorization", its).statusCode()).isEqualTo(200);
    }

    @Test
    void revoked_it_has_no_token_any_more_and_gets_none() {
        var officer = officer();
        var client = officer.client(MINE);
        var its = bearer(token(client));
        node.post("/api/clients/" + id(client) + "/revoke", "{}", "Authorization", officer.bearer());
        node.awaitWithdrawn(its);
        refused(client, officer, "revoked");
    }

    @Test
    void it_ends_with_its_account() {
        var officer = officer();
        var client = officer.client(MINE);
        var its = bearer(token(client));
        officer.disable();
        node.awaitWithdrawn(its);
        refused(client, officer, "revoked");
    }

    @Test
    void when_its_account_has_less_than_it_was_given_it_has_nothing() {
        var officer = officer();
        var client = officer.client(MINE);
        var modest = officer.client("{\"name\":\"modest\",\"role\":\"reader\"}");
        var its = bearer(token(client));
        officer.appoint(Role.CSCO, Set.of("bangkok"));
        node.awaitWithdrawn(its);
        refused(client, officer, "disabled");
        assertThat(token(modest).statusCode()).as("what is still within").isEqualTo(200);
    }

    private Somebody officer() {
        return Somebody.of(node, Role.CSCO, Set.of("phuket"), null);
    }

    private void refused(JsonNode client, Somebody owner, String reason) {
        var log = AccessWatch.on(node);
        var answer = token(client);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic");
        assertThat(answer.body()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("SignInRefused");
            assertThat(fact.payload().path("reason").asString()).isEqualTo(reason);
            assertThat(fact.payload().path("account").asString()).isEqualTo(owner.subject());
            assertThat(fact.payload().path("client").asString()).isEqualTo(id(client));
        });
    }

    private HttpResponse<String> token(JsonNode client) {
        return node.send(HttpRequest.newBuilder(node.uri("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(SignIn.form(Somebody.credentials(client))));
    }

    private static String bearer(HttpResponse<String> answer) {
        return "Bearer " + Node.json(answer).path("access_token").asString();
    }

    private static String id(JsonNode client) {
        return client.path("client").path("client").asString();
    }
}
