package milepost.api.identity.issuer;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Claims that make no sense grant nothing, whoever signed them. */
@ExtendWith(SharedNode.class)
@TestInstance(Lifecycle.PER_CLASS)
class RoleClaimsIT {
    private final Node node;
    private final Forger forger;

    RoleClaimsIT(Node node) {
        this.node = node;
        forger = new Forger(node, Somebody.reader(node).bearer());
    }

    /** A role, and the cities and the country beside it. */
    record Claimed(
            @Nullable Object role,
            @Nullable Object cities,
            @Nullable Object country) {
        Claimed(@Nullable Object role) {
            this(role, List.of("phuket"), "TH");
        }
    }

    static Stream<Claimed> nonsense() {
        return Stream.of(
                new Claimed(null),
                new Claimed(""),
                new Claimed(7),
                new Claimed(true),
                new Claimed("king"),
                new Claimed("system"),
                new Claimed("SECRETARIAT"),
                new Claimed("secretariat auditor"),
                new Claimed(Map.of("role", "secretariat")),
                new Claimed(List.of()),
                new Claimed(List.of("reader", "secretariat")),
                new Claimed(List.of(List.of("secretariat"))),
                new Claimed("csco", null, "TH"),
                new Claimed("csco", List.of(), null),
                new Claimed("csco", Arrays.asList(7, null, "Phuket", "phuket/..", "", "a".repeat(65)), null),
                new Claimed("csco", Map.of("city", "phuket"), null),
                new Claimed("national-representative", List.of("phuket"), null),
                new Claimed("national-representative", null, "th"),
                new Claimed("national-representative", null, "Thailand"),
                new Claimed("national-representative", null, 66));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsense_grants_nothing_and_is_recorded(Claimed claimed) {
        var log = AccessWatch.on(node);
        var token = bearer(claimed);
        assertThat(Problem.of(node.get("/api/plans", "Authorization", token))).isEqualTo(problem(403, "not-allowed"));
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("RequestRefused");
            assertThat(fact.payload().path("right").asString()).isEqualTo("read");
            assertThat(fact.payload().path("request").asString()).isEqualTo("GET /api/plans");
            assertThat(fact.by().role()).isNull();
        });
        var own = Node.json(node.get("/api/account", "Authorization", token));
        assertThat(own.path("role").isNull()).isTrue();
        assertThat(own.path("cities").size()).isZero();
        assertThat(own.path("country").isNull()).isTrue();
        assertThat(Problem.of(node.post("/api/clients", "{\"name\":\"mine\"}", "Authorization", token)))
                .isEqualTo(problem(403, "forbidden"));
    }

    static Stream<Claimed> sense() {
        return Stream.of(
                new Claimed("csco", "phuket", null),
                new Claimed("csco", Arrays.asList("Phuket", 7, "phuket"), "nowhere"),
                new Claimed(List.of("csco"), List.of("phuket"), null));
    }

    @ParameterizedTest
    @MethodSource("sense")
    void what_makes_sense_counts_and_the_rest_beside_it_does_not(Claimed claimed) {
        var own = Node.json(node.get("/api/account", "Authorization", bearer(claimed)));
        assertThat(own.path("role").asString()).isEqualTo("csco");
        assertThat(own.path("cities").valueStream().map(city -> city.asString()))
                .containsExactly("phuket");
    }

    @Test
    void an_organisation_that_is_no_text_is_none() {
        var token = forger.token(claims -> claims.claim("organisation", Map.of("name", "Lakeside")));
        assertThat(Node.json(node.get("/api/account", "Authorization", "Bearer " + token))
                        .path("organisation")
                        .isNull())
                .isTrue();
    }

    @Test
    void an_organisation_is_called_as_a_body_would_be_kept() {
        assertThat(organisation(" Cafe\u0301\u200b").asString()).isEqualTo("Caf\u00e9");
        assertThat(organisation("\u2800").isNull()).isTrue();
        assertThat(organisation("City of \u202eteekuhP").isNull()).isTrue();
    }

    private JsonNode organisation(String claimed) {
        var token = forger.token(claims -> claims.claim("organisation", claimed));
        return Node.json(node.get("/api/account", "Authorization", "Bearer " + token))
                .path("organisation");
    }

    private String bearer(Claimed claimed) {
        return "Bearer "
                + forger.token(claims -> claims.claim("role", claimed.role())
                        .claim("cities", claimed.cities())
                        .claim("country", claimed.country()));
    }
}
