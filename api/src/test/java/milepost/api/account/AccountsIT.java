package milepost.api.account;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.http.Edge;
import milepost.api.http.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    @BeforeEach
    void watch() {
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

    @Test
    void a_username_is_one_accounts() {
        var name = name();
        var statuses = Edge.atOnce(
                4,
                i -> open("{\"username\":\"" + name + "\",\"role\":\"reader\"}").statusCode());
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(log.types()).containsExactly("AccountOpened");
        assertThat(Problem.of(open("{\"username\":\"" + name + "\",\"role\":\"reader\"}")))
                .isEqualTo(problem(409, "conflict"));
        assertThat(node.sql()
                        .sql("select count(*) from person left join account using (subject) where account is null")
                        .query(Long.class)
                        .single())
                .as("people without an account")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | username role",
                "{'username':'A b','name':' ','role':'king','cities':['x'],'country':'TH','organisation':''} | 422 | username name role cities country organisation",
                "{'username':'x','role':'csco'} | 422 | username cities",
                "{'username':'u1','role':'csco','cities':['Phuket']} | 422 | cities",
                "{'username':'u1','role':'csco','cities':[],'country':'TH'} | 422 | cities country",
                "{'username':'u1','role':'national-representative','cities':['phuket'],'country':'th'} | 422 | cities country",
                "{'username':'u1','role':'system'} | 422 | role",
                "{'username':'u1','role':'reader','name':'a\\u0000b','organisation':'a\\nb'} | 422 | name organisation",
                "{'username':'u1','role':'reader','name':'\\ud83d'} | 422 | name",
                "{'username':'a\\u0000b','role':'reader'} | 422 | username",
                "{'username':7,'rôle':'reader','cities':'phuket','enabled':true} | 400 | username rôle cities enabled role",
                "{'username':'u1','role':'csco','cities':['phuket',null]} | 400 | cities cities[1]"
            })
    void all_bad_fields_are_named(String body, int status, String fields) {
        var problem = Problem.of(open(body.replace('\'', '"')));
        assertThat(problem.status()).isEqualTo(status);
        assertThat(new HashSet<>(problem.fields())).isEqualTo(Set.of(fields.split(" ")));
        assertThat(log.facts()).isEmpty();
    }

    @Test
    void there_may_be_fifty_cities_and_no_more() {
        var many = "\"c\",".repeat(50) + "\"c\"";
        assertThat(Problem.of(open("{\"username\":\"u1\",\"role\":\"csco\",\"cities\":[" + many + "]}")))
                .isEqualTo(problem(422, "out-of-bounds", "cities"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/role", "/disable", "/enable", "/reset-password"})
    void an_unknown_account_is_not_found(String action) {
        var body = action.equals("/role") ? "{\"role\":\"reader\"}" : "{}";
        assertThat(Problem.of(node.post("/api/accounts/nobody" + action, body))).isEqualTo(problem(404, "not-found"));
        assertThat(Problem.of(node.get("/api/accounts/nobody"))).isEqualTo(problem(404, "not-found"));
        assertThat(log.facts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "auditor", "operator", "csco-phuket", "thailand"})
    void nobody_else_sees_or_opens_accounts(String role) {
        var token = node.bearer(role);
        assertThat(Problem.of(node.get("/api/accounts", "Authorization", token)))
                .isEqualTo(problem(403, "not-allowed"));
        assertThat(Problem.of(node.post(
                        "/api/accounts", "{\"username\":\"u1\",\"role\":\"secretariat\"}", "Authorization", token)))
                .isEqualTo(problem(403, "not-allowed"));
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
