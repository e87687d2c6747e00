package milepost.api.identity.account;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.http.Edge;
import milepost.api.http.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done to an account says why, and is not recorded as if it had been. */
@ExtendWith(SharedNode.class)
class AccountProblemsIT {
    private final Node node;
    private final AccessWatch log;

    AccountProblemsIT(Node node) {
        this.node = node;
        log = AccessWatch.on(node);
    }

    @Test
    void a_username_is_one_accounts() {
        var name = "one-accounts";
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
                "{} | 400 | username role",
                "{'username':'A b','name':' ','role':'king','cities':['x'],'country':'TH','organisation':''} | 422 | username name role cities country organisation",
                "{'username':'x','role':'csco'} | 400 | username cities",
                "{'username':'u1','role':'csco','cities':['Phuket']} | 422 | cities",
                "{'username':'u1','role':'csco','cities':[],'country':'TH'} | 422 | cities country",
                "{'username':'u1','role':'national-representative','cities':['phuket'],'country':'th'} | 422 | cities country",
                "{'username':'u1','role':'national-representative'} | 400 | country",
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
}
