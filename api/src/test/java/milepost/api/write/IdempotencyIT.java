package milepost.api.write;

import static milepost.api.http.Edge.atOnce;
import static milepost.api.http.Edge.open;
import static milepost.api.http.Edge.version;
import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import milepost.api.Node;
import milepost.api.http.Edge;
import milepost.api.http.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyIT {
    private static final String KEY = "Idempotency-Key";
    private static final String BUSES = "{\"milestone\":\"buses\",\"title\":\"Buses\"}";

    private static Node node;
    private static Node other;

    @BeforeAll
    static void start() {
        node = Node.empty();
        other = Node.on(node.database(), "milepost.dataset=none");
    }

    @AfterAll
    static void stop() {
        other.close();
        node.close();
    }

    /** All of an answer that may not differ when it is given again. */
    private record Said(int status, String body, List<String> etag, List<String> location) {
        static Said of(HttpResponse<String> response) {
            var headers = response.headers();
            return new Said(
                    response.statusCode(), response.body(), headers.allValues("ETag"), headers.allValues("Location"));
        }
    }

    @Test
    void the_same_request_again_records_nothing_and_answers_as_before_whatever_came_after() {
        var plan = open(node, "again");
        var first = Said.of(node.post(plan + "/milestones", BUSES, KEY, "k"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.location()).containsExactly("/api/plans/again/milestones/buses");
        node.post(plan + "/milestones/buses/withdraw", "{\"reason\":\"no budget\"}");
        node.post(plan + "/status", "{\"status\":\"closed\"}");
        var before = facts(node);
        assertThat(Said.of(node.post(plan + "/milestones", BUSES, KEY, "k"))).isEqualTo(first);
        assertThat(facts(node)).isEqualTo(before);
    }

    @Test
    void it_answers_as_before_though_if_match_went_stale() {
        var plan = open(node, "stale");
        var first = Said.of(node.post(plan + "/milestones", BUSES, KEY, "k", "If-Match", "\"1\""));
        assertThat(first.status()).isEqualTo(201);
        assertThat(Said.of(node.post(plan + "/milestones", BUSES, KEY, "k", "If-Match", "\"1\"")))
                .isEqualTo(first);
    }

    @Test
    void it_answers_as_before_on_another_node_on_the_same_database() {
        var plan = open(node, "elsewhere");
        var first = Said.of(node.post(plan + "/milestones", BUSES, KEY, "k"));
        try (var other = Node.on(node.database(), "milepost.dataset=none")) {
            assertThat(Said.of(other.post(plan + "/milestones", BUSES, KEY, "k")))
                    .isEqualTo(first);
        }
    }

    @Test
    void sixteen_at_once_become_one_fact_and_get_the_same_answer() {
        var plan = open(node, "sixteen");
        for (var round = 0; round < 5; round++) {
            var before = facts(node);
            var key = "k" + round;
            var body = "{\"milestone\":\"m%s\",\"title\":\"M\"}".formatted(round);
            var said = atOnce(16, i -> Said.of((i % 2 == 0 ? node : other).post(plan + "/milestones", body, KEY, key)));
            assertThat(said.getFirst().status()).isEqualTo(201);
            assertThat(said).hasSize(16).containsOnly(said.getFirst());
            assertThat(facts(node)).isEqualTo(before + 1);
        }
    }

    @Test
    void sixteen_openings_at_once_open_one_plan() {
        for (var round = 0; round < 5; round++) {
            var before = facts(node);
            var body = "{\"plan\":\"opened%s\",\"city\":\"X\",\"countryCode\":\"SG\",\"from\":\"2018\",\"to\":\"2025\"}"
                    .formatted(round);
            var said = atOnce(16, i -> Said.of((i % 2 == 0 ? node : other).post("/api/plans", body, KEY, "k")));
            assertThat(said.getFirst().status()).isEqualTo(201);
            assertThat(said).hasSize(16).containsOnly(said.getFirst());
            assertThat(facts(node)).isEqualTo(before + 1);
        }
    }

    @Test
    void another_request_under_the_same_key_is_refused() {
        var plan = open(node, "reused");
        node.post(plan + "/milestones", BUSES, KEY, "k");
        var before = facts(node);
        var reused = problem(422, "idempotency-key-reused");
        assertThat(Problem.of(node.post(plan + "/milestones", BUSES.replace("Buses", "Trams"), KEY, "k")))
                .isEqualTo(reused);
        assertThat(Problem.of(node.post(plan + "/milestones/buses/met", "{}", KEY, "k")))
                .as("another path")
                .isEqualTo(reused);
        assertThat(facts(node)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'title':'Buses','milestone':'buses','weight':2}",
                "{ 'milestone' : 'buses',\n'title':'Buses','weight':2}",
                "{'milestone':'buses','title':'Buses','weight':2,'due':null,'narrative':null}",
                "{'milestone':'buses','title':'\\u0042uses','weight':2}",
                "{'milestone':'buses','title':'Buses','weight':2.0}",
                "{'milestone':'buses','title':' Buses\u200b','weight':2,'evidence':[]}"
            })
    void the_same_request_written_otherwise_is_the_same(String body) {
        var plan = open(node, "written" + Math.floorMod(body.hashCode(), 1_000_000));
        var first = Said.of(node.post(
                plan + "/milestones", "{\"milestone\":\"buses\",\"title\":\"Buses\",\"weight\":2}", KEY, "k"));
        assertThat(first.status()).isEqualTo(201);
        var before = facts(node);
        assertThat(Said.of(node.post(plan + "/milestones", body.replace('\'', '"'), KEY, "k")))
                .isEqualTo(first);
        assertThat(facts(node)).isEqualTo(before);
    }

    @Test
    void the_same_path_written_otherwise_is_the_same() {
        var plan = open(node, "path");
        var first = Said.of(node.post(plan + "/milestones", BUSES, KEY, "k"));
        assertThat(Said.of(node.post("/api/plans/%70ath/milestones", BUSES, KEY, "k")))
                .isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'milestone':'buses','title':'Trams'}",
                "{'milestone':'buses','title':'Buses','weight':2}",
                "{'milestone':'buses','title':'Buses','narrative':'Late'}",
                "{'milestone':'buses','title':'Buses','organisations':[{'name':'A'},{'name':'B'}]}"
            })
    void another_request_is_another_however_alike(String body) {
        var plan = open(node, "alike" + Math.floorMod(body.hashCode(), 1_000_000));
        node.post(plan + "/milestones", "{\"milestone\":\"buses\",\"title\":\"Buses\"}", KEY, "k");
        assertThat(Problem.of(node.post(plan + "/milestones", body.replace('\'', '"'), KEY, "k")))
                .isEqualTo(problem(422, "idempotency-key-reused"));
    }

    @Test
    void of_different_requests_at_once_under_one_key_one_is_recorded() {
        var plan = open(node, "raced");
        var statuses = atOnce(
                12,
                i -> (i % 2 == 0 ? node : other)
                        .post(plan + "/milestones", "{\"milestone\":\"m%s\",\"title\":\"M\"}".formatted(i), KEY, "k")
                        .statusCode());
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 422);
        assertThat(version(node.post(plan + "/status", "{\"status\":\"endorsed\"}")))
                .isEqualTo(3);
    }

    @Test
    void a_key_belongs_to_its_plan() {
        var here = open(node, "here");
        var there = open(node, "there");
        assertThat(node.post(here + "/milestones", BUSES, KEY, "k").statusCode())
                .isEqualTo(201);
        assertThat(node.post(there + "/milestones", BUSES, KEY, "k").statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_refused_request_leaves_its_key_free() {
        var plan = open(node, "refused");
        node.post(plan + "/milestones", BUSES);
        var refusals = List.of(
                node.post(plan + "/milestones", BUSES.replace("Buses", "Trams"), KEY, "k"),
                node.post(plan + "/milestones", "{\"milestone\":\"NO\",\"title\":\"No\"}", KEY, "k"),
                node.post(plan + "/milestones", "{\"mile", KEY, "k"),
                node.post(plan + "/milestones/none/met", "{}", KEY, "k"),
                node.post(plan + "/status", "{\"status\":\"endorsed\"}", KEY, "k", "If-Match", "\"1\""),
                node.post(plan + "/status", "{\"status\":\"endorsed\"}", KEY, "k", "Accept", "text/html"));
        assertThat(refusals).extracting(HttpResponse::statusCode).containsExactly(409, 422, 400, 404, 412, 406);
        var taken = node.post(plan + "/milestones", "{\"milestone\":\"trams\",\"title\":\"Trams\"}", KEY, "k");
        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(version(taken)).isEqualTo(3);
    }

    @Test
    void a_request_that_was_no_news_leaves_its_key_free_too() {
        var plan = open(node, "nonews");
        node.post(plan + "/milestones", BUSES);
        assertThat(node.post(plan + "/milestones", BUSES, KEY, "k").statusCode())
                .isEqualTo(200);
        assertThat(node.post(plan + "/milestones/buses/met", "{}", KEY, "k").statusCode())
                .isEqualTo(200);
        assertThat(facts(node, "nonews")).isEqualTo(3);
    }

    private static long facts(Node node, String plan) {
        return node.sql()
                .sql("select count(*) from event_log where stream = ?")
                .param("plan/" + plan)
                .query(Long.class)
                .single();
    }

    private static long facts(Node node) {
        return Edge.facts(node);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 4000})
    void a_key_has_1_to_255_characters(int length) {
        assertThat(Problem.of(node.post("/api/plans/x/status", "{\"status\":\"endorsed\"}", KEY, "k".repeat(length))))
                .isEqualTo(problem(400, "malformed", KEY));
    }

    @Test
    void the_longest_key_is_kept() {
        var plan = open(node, "longest");
        var key = "k".repeat(255);
        assertThat(node.post(plan + "/milestones", BUSES, KEY, key).statusCode())
                .isEqualTo(201);
        assertThat(node.post(plan + "/milestones", BUSES, KEY, key).statusCode())
                .isEqualTo(201);
        assertThat(node.sql()
                        .sql("select idempotency_key from event_log where stream = 'plan/longest' and version = 2")
                        .query(String.class)
                        .single())
                .isEqualTo(key);
    }
}
