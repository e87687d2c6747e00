package milepost.api.identity.security;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.http.Problem;
import milepost.event.json.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who recorded a fact is known from their token, and nobody can say otherwise. */
@ExtendWith(SharedNode.class)
class AuthorIT {
    private final Node node;

    AuthorIT(Node node) {
        this.node = node;
    }

    @Test
    void the_author_is_whose_token_it_was_whatever_else_was_sent() {
        var opened = node.post(
                "/api/plans",
                """
                {"plan":"author-of-it","city":"Lakeside","countryCode":"SG","from":"2018","to":"2025","on":"2018"}""",
                "X-User",
                "somebody",
                "X-Forwarded-User",
                "somebody",
                "X-Remote-User",
                "somebody",
                "X-Milepost-Author",
                "somebody",
                "From",
                "somebody@example.org",
                "Forwarded",
                "for=192.0.2.60;by=203.0.113.43;host=evil.example",
                "X-Forwarded-Host",
                "evil.example",
                "Cookie",
                "user=somebody");
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(opened.headers().firstValue("Location")).hasValue("/api/plans/author-of-it");
        var metadata = node.sql().sql("select metadata from event_log where stream = 'plan/author-of-it'");
        var own = Node.json(node.get("/api/account"));
        assertThat(EventJson.author(metadata.query(String.class).single())).satisfies(author -> {
            assertThat(author.subject()).isEqualTo(own.path("subject").asString());
            assertThat(author.role()).isEqualTo("secretariat");
            assertThat(author.organisation()).isEqualTo("ASCN Secretariat");
            assertThat(author.client()).isEqualTo("milepost");
        });
    }

    @Test
    void a_body_that_names_one_is_refused() {
        var author = "\"by\":{\"subject\":\"somebody\",\"role\":\"auditor\"}";
        assertThat(Problem.of(node.post(
                        "/api/plans",
                        "{\"plan\":\"p\",\"city\":\"C\",\"countryCode\":\"SG\",\"from\":\"2018\",\"to\":\"2025\","
                                + author + "}")))
                .isEqualTo(problem(400, "malformed", "by"));
        assertThat(Problem.of(node.post(
                        "/api/accounts", "{\"username\":\"somebody-else\",\"role\":\"reader\"," + author + "}")))
                .isEqualTo(problem(400, "malformed", "by"));
        assertThat(Problem.of(node.post("/api/clients", "{\"name\":\"c\",\"subject\":\"somebody\"}")))
                .isEqualTo(problem(400, "malformed", "subject"));
    }

    @Test
    void the_address_in_the_access_log_is_where_the_connection_came_from() {
        var log = AccessWatch.on(node);
        node.send(
                "127.0.25.1",
                node.request(
                        "/api/plans",
                        "Authorization",
                        "Bearer guess",
                        "X-Forwarded-For",
                        "192.0.2.60",
                        "X-Real-IP",
                        "192.0.2.60",
                        "Forwarded",
                        "for=192.0.2.60"));
        assertThat(log.only().payload().path("address").asString()).isEqualTo("127.0.25.0/24");
    }
}
