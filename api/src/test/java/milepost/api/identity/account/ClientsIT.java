package milepost.api.identity.account;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import milepost.api.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everybody manages the programs that act for them, and nobody else's. */
@ExtendWith(SharedNode.class)
@TestInstance(Lifecycle.PER_CLASS)
class ClientsIT {
    private final Node node;
    private final Somebody officer;
    private final String token;

    ClientsIT(Node node) {
        this.node = node;
        officer = Somebody.of(node, Role.CSCO, Set.of("phuket"), null);
        token = officer.bearer();
    }

    @Test
    void a_program_is_made_with_a_secret_that_is_told_once() {
        var log = AccessWatch.on(node);
        var answer = post("/api/clients", "{\"name\":\"nightly import\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        var client = Node.json(answer).path("client");
        var secret = Node.json(answer).path("secret").asString();
        assertThat(secret).hasSize(43);
        assertThat(client.path("role").asString()).isEqualTo("csco");
        assertThat(client.path("cities").toString()).isEqualTo("[\"phuket\"]");
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("ClientCreated");
            assertThat(fact.payload().toString())
                    .isEqualTo("{\"client\":%s,\"role\":\"csco\",\"cities\":[\"phuket\"],\"country\":null}"
                            .formatted(client.path("client")));
            assertThat(fact.by().subject()).isEqualTo(officer.subject());
        });
        var list = node.get("/api/clients", "Authorization", token);
        assertThat(Node.json(list).path("items").valueStream()).contains(client);
        assertThat(list.body()).doesNotContain("secret", secret);
    }

    @Test
    void to_revoke_it_again_is_no_news() {
        var path = "/api/clients/" + created() + "/revoke";
        var log = AccessWatch.on(node);
        assertThat(post(path, "{}").statusCode()).isEqualTo(204);
        var revoked =
                Node.json(node.get("/api/clients", "Authorization", token)).path("items");
        assertThat(post(path, "{}").statusCode()).isEqualTo(204);
        assertThat(Node.json(node.get("/api/clients", "Authorization", token)).path("items"))
                .isEqualTo(revoked);
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("ClientRevoked");
            assertThat(fact.by().subject()).isEqualTo(officer.subject());
        });
    }

    @Test
    void anothers_is_not_there() {
        var client = created();
        var log = AccessWatch.on(node);
        for (var name : new String[] {client, "00000000-0000-0000-0000-000000000000", "x"}) {
            assertThat(Problem.of(node.post(
                            "/api/clients/" + name + "/revoke", "{}", "Authorization", node.bearer("secretariat"))))
                    .isEqualTo(problem(404, "not-found"));
        }
        assertThat(node.get("/api/clients", "Authorization", node.bearer("secretariat"))
                        .body())
                .doesNotContain(client);
        assertThat(log.facts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | name",
                "{'name':' '} | 422 | name",
                "{'name':'a\\u0000b'} | 422 | name",
                "{'name':'c','cities':['phuket']} | 400 | role",
                "{'name':'','role':'king','cities':['Phuket'],'country':'T'} | 422 | name role cities country",
                "{'name':'c','secret':'chosen'} | 400 | secret"
            })
    void all_bad_fields_are_named(String body, int status, String fields) {
        var problem = Problem.of(post("/api/clients", body.replace('\'', '"')));
        assertThat(problem.status()).isEqualTo(status);
        assertThat(new HashSet<>(problem.fields())).isEqualTo(Set.of(fields.split(" ")));
    }

    @Test
    void there_may_be_twenty_of_them() {
        var many = Somebody.reader(node);
        var its = many.bearer();
        for (var i = 0; i < 20; i++) {
            assertThat(node.post("/api/clients", "{\"name\":\"c\"}", "Authorization", its)
                            .statusCode())
                    .isEqualTo(201);
        }
        assertThat(Problem.of(node.post("/api/clients", "{\"name\":\"c\"}", "Authorization", its)))
                .isEqualTo(problem(409, "conflict"));
    }

    private String created() {
        return Node.json(post("/api/clients", "{\"name\":\"import\"}"))
                .path("client")
                .path("client")
                .asString();
    }

    private HttpResponse<String> post(String path, String body) {
        return node.post(path, body, "Authorization", token);
    }
}
