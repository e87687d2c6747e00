package milepost.api.identity.account;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.Somebody;
import milepost.api.http.Edge;
import milepost.api.http.Problem;
import milepost.api.identity.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name can be forgotten and an account closed; what was recorded stays, and so does somebody who manages accounts. */
@ExtendWith(SharedNode.class)
class ClosingIT {
    private final Node node;

    ClosingIT(Node node) {
        this.node = node;
    }

    @Test
    void an_erased_name_leaves_the_facts_as_they_were() {
        var author = Somebody.of(node, Role.SECRETARIAT, Set.of(), null);
        var token = author.bearer();
        node.post("/api/plans", """
                {"plan":"erased","city":"Lakeside","countryCode":"SG","from":"2018","to":"2025","on":"2018"}""", "Authorization", token);
        var person = "/api/authors/" + author.subject();
        assertThat(node.read(person).path("name").asString()).isEqualTo("Name of " + author.username());
        assertThat(Problem.of(node.get(person, "Authorization", node.bearer("reader"))))
                .isEqualTo(problem(403, "not-allowed"));
        var line = line();

        var log = AccessWatch.on(node);
        assertThat(Node.json(node.post(person + "/erase", "{}")).path("name").isNull())
                .isTrue();
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("NameErased");
            assertThat(fact.payload().toString()).isEqualTo("{\"subject\":\"%s\"}".formatted(author.subject()));
            assertThat(fact.by().role()).isEqualTo("secretariat");
        });
        assertThat(Node.json(node.get(person, "Authorization", node.bearer("auditor")))
                        .path("name")
                        .isNull())
                .isTrue();
        assertThat(line()).isEqualTo(line).contains(author.subject());

        node.awaitWithdrawn(token);
        assertThat(SignIn.location(
                        new SignIn(node.uri("").toString(), "127.0.41.1").post(author.username(), Somebody.PASSWORD)))
                .endsWith("?error");
        var account = node.read("/api/accounts/" + author.subject());
        assertThat(account.path("username").isNull()).isTrue();
        assertThat(account.path("enabled").asBoolean()).isFalse();
        for (var action : List.of("/enable", "/reset-password")) {
            assertThat(Problem.of(node.post("/api/accounts/" + author.subject() + action, "{}")))
                    .isEqualTo(problem(404, "not-found"));
        }
        assertThat(everything()).doesNotContain(author.username());
    }

    @ParameterizedTest
    @CsvSource({"nobody, 404", "x%20y, 404"})
    void who_was_never_known_cannot_be_forgotten(String subject, int status) {
        assertThat(Problem.of(node.get("/api/authors/" + subject)).status()).isEqualTo(status);
        assertThat(Problem.of(node.post("/api/authors/" + subject + "/erase", "{}"))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void the_last_secretariat_stays() {
        var own = node.bean(Accounts.class).named("admin").orElseThrow().subject();
        setAside(Set.of(own, Node.json(node.get("/api/account")).path("subject").asString()));
        var log = AccessWatch.on(node);
        assertThat(Problem.of(node.post("/api/accounts/" + own + "/disable", "{}")))
                .isEqualTo(problem(409, "conflict"));
        assertThat(Problem.of(node.post("/api/accounts/" + own + "/role", "{\"role\":\"auditor\"}")))
                .isEqualTo(problem(409, "conflict"));
        assertThat(Problem.of(node.post("/api/authors/" + own + "/erase", "{}")))
                .isEqualTo(problem(409, "conflict"));
        assertThat(log.facts()).isEmpty();
    }

    @Test
    void of_the_last_two_one_stays_though_both_are_closed_at_the_same_moment() {
        var one = Somebody.of(node, Role.SECRETARIAT, Set.of(), null);
        var two = Somebody.of(node, Role.SECRETARIAT, Set.of(), null);
        var tokens = List.of(one.bearer(), two.bearer());
        var subjects = List.of(two.subject(), one.subject());
        setAside(Set.copyOf(subjects));
        var statuses = Edge.atOnce(
                2,
                i -> node.post("/api/accounts/" + subjects.get(i) + "/disable", "{}", "Authorization", tokens.get(i))
                        .statusCode());
        assertThat(statuses).containsOnlyOnce(200).containsAnyOf(401, 409);
        assertThat(secretariats()).hasSize(1);
    }

    @AfterEach
    void bring_back() {
        node.sql()
                .sql("update account set enabled = true where role = 'secretariat' and username is not null")
                .update();
    }

    /** All others of the secretariat, without a word. */
    private void setAside(Set<String> but) {
        node.sql()
                .sql("update account set enabled = false where role = 'secretariat' and subject not in (:but)")
                .param("but", but)
                .update();
    }

    private List<String> secretariats() {
        return node.sql()
                .sql("select subject from account where role = 'secretariat' and enabled")
                .query(String.class)
                .list();
    }

    private String line() {
        return node.sql()
                .sql("select convert_from(line, 'UTF8') from event_log where stream = 'plan/erased'")
                .query(String.class)
                .single();
    }

    private String everything() {
        return node.sql()
                .sql("select string_agg(person::text, '') || (select string_agg(account::text, '') from account)"
                        + " || (select string_agg(payload || metadata, '') from event_log) from person")
                .query(String.class)
                .single();
    }
}
