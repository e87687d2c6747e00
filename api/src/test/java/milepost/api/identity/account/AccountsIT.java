package milepost.api.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The secretariat opens accounts, changes and closes them; each change is recorded with who made it. */
@ExtendWith(SharedNode.class)
class AccountsIT {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Node node;
    private final String secretariat;
    private AccessWatch log;

    AccountsIT(Node node) {
        this.node = node;
        secretariat = Node.json(node.get("/api/account")).path("subject").asString();
        log = AccessWatch.on(node);
    }

    @Test
    void an_account_is_opened_with_a_password_that_is_told_once() {
        var name = name();
        var answer = open("""
                {"username":"%s","name":"Somchai Jaidee","role":"csco","cities":["phuket"],"organisation":"City"}""".formatted(name));
        assertThat(answer.statusCode()).isEqualTo(201);
        var opened = Node.json(answer);
        var subject = opened.path("subject").asString();
        recorded("AccountOpened", """
                {"account":"%s","role":"csco","cities":["phuket"],"country":null,"organisation":"City"}""".formatted(subject));
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/accounts/" + subject);
        assertThat(opened.path("temporary").asBoolean()).isTrue();
        assertThat(signIn(name, opened.path("password").asString())).isTrue();

        var read = node.read("/api/accounts/" + subject);
        assertThat(read.path("username").asString()).isEqualTo(name);
        assertThat(read.path("name").asString()).isEqualTo("Somchai Jaidee");
        assertThat(read.path("cities").toString()).isEqualTo("[\"phuket\"]");
        assertThat(node.read("/api/accounts").path("items").valueStream()).contains(read);
        assertThat(node.get("/api/accounts").body()).doesNotContain("password", "bcrypt");
    }

    @Test
    void a_role_is_changed_as_a_whole() {
        var account = opened("csco\",\"cities\":[\"phuket\"],\"organisation\":\"City");
        var path = "/api/accounts/" + subject(account);
        log = AccessWatch.on(node);
        var changed = Node.json(node.post(path + "/role", "{\"role\":\"national-representative\",\"country\":\"TH\"}"));
        assertThat(changed.path("role").asString()).isEqualTo("national-representative");
        assertThat(changed.path("country").asString()).isEqualTo("TH");
        assertThat(changed.path("cities").isEmpty()).isTrue();
        assertThat(changed.path("organisation").isNull()).isTrue();
        recorded("AccountRoleChanged", """
                {"account":"%s","role":"national-representative","cities":[],"country":"TH","organisation":null}""".formatted(subject(account)));
    }

    @Test
    void an_account_is_disabled_and_enabled_again() {
        var account = opened("reader");
        var path = "/api/accounts/" + subject(account);
        log = AccessWatch.on(node);
        assertThat(Node.json(node.post(path + "/disable", "{}")).path("enabled").asBoolean())
                .isFalse();
        recorded("AccountDisabled", "{\"account\":\"%s\"}".formatted(subject(account)));
        assertThat(signIn(account)).isFalse();
        log = AccessWatch.on(node);
        assertThat(Node.json(node.post(path + "/enable", "{}")).path("enabled").asBoolean())
                .isTrue();
        recorded("AccountEnabled", "{\"account\":\"%s\"}".formatted(subject(account)));
        assertThat(signIn(account)).isTrue();
    }

    @Test
    void a_forgotten_password_is_replaced() {
        var account = opened("reader");
        log = AccessWatch.on(node);
        var reset = Node.json(node.post("/api/accounts/" + subject(account) + "/reset-password", "{}"));
        recorded("PasswordReset", "{\"account\":\"%s\"}".formatted(subject(account)));
        assertThat(reset.path("temporary").asBoolean()).isTrue();
        assertThat(signIn(account)).as("with the old one").isFalse();
        assertThat(signIn(reset)).isTrue();
    }

    private HttpResponse<String> open(String body) {
        return node.post("/api/accounts", body);
    }

    /** @param role and more of the body, as it stands between quotes */
    private JsonNode opened(String role) {
        var answer = open("{\"username\":\"%s\",\"role\":\"%s\"}".formatted(name(), role));
        assertThat(answer.statusCode()).isEqualTo(201);
        return Node.json(answer);
    }

    private static String name() {
        return "account-" + COUNT.incrementAndGet();
    }

    private static String subject(JsonNode account) {
        return account.path("subject").asString();
    }

    private boolean signIn(JsonNode account) {
        return signIn(
                account.path("username").asString(), account.path("password").asString());
    }

    private boolean signIn(String username, String password) {
        return SignIn.location(new SignIn(node.uri("").toString(), "127.0.40.1").post(username, password))
                .endsWith("/api");
    }

    private void recorded(String type, String payload) {
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo(type);
            assertThat(fact.payload().toString()).isEqualTo(payload);
            assertThat(fact.by().subject()).isEqualTo(secretariat);
            assertThat(fact.by().role()).isEqualTo("secretariat");
        });
    }
}
