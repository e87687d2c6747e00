package milepost.api.operate;

import static milepost.api.http.Problem.problem;
import static milepost.api.operate.Requests.open;
import static milepost.api.operate.Requests.schedule;
import static milepost.api.operate.Requests.scheduling;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import milepost.api.Node;
import milepost.api.Somebody;
import milepost.api.TestServer;
import milepost.api.http.Problem;
import milepost.api.identity.Role;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two nodes on one database are one application. */
class NodesIT {
    private static final List<String> PLANS = List.of("north", "east", "south");

    private static final PGSimpleDataSource DATABASE = TestServer.createDatabase();

    @SuppressWarnings("NullAway.Init")
    private static Node one;

    @SuppressWarnings("NullAway.Init")
    private static Node two;

    @BeforeAll
    static void start() {
        one = node();
        two = node();
        for (var plan : PLANS) open(one, plan);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @Test
    void what_one_node_has_recorded_the_other_one_shows() {
        for (var writer : List.of(one, two)) {
            var reader = writer == one ? two : one;
            var version = schedule(writer, "north", "shown-" + (writer == one), "2030")
                    .get("version");
            assertThat(reader.get("/api/plans/north").headers().firstValue("ETag"))
                    .hasValueSatisfying(etag -> assertThat(etag).startsWith("\"" + version + "-"));
            assertThat(reader.read("/api/plans/north/timeline?order=desc").toString())
                    .contains("shown-" + (writer == one));
        }
    }

    /** Each keeps the plan's record in memory, and the other has just changed it: what is stale there must decide nothing. */
    @Test
    void a_node_decides_on_what_the_other_has_just_recorded() {
        assertDecidedOnTheLatest(one, two);
    }

    @Test
    void also_one_that_keeps_no_plan_of_more_than_three_facts() {
        try (var small = node("milepost.records.kept-facts=3")) {
            assertDecidedOnTheLatest(small, one);
        }
    }

    private static void assertDecidedOnTheLatest(Node one, Node two) {
        var plan = "west-" + System.nanoTime();
        var milestones = "/api/plans/" + plan + "/milestones";
        var reschedule = milestones + "/bridge/reschedule";
        open(one, plan);
        schedule(one, plan, "bridge", "2030");
        schedule(two, plan, "known-to-both", "2030");
        for (var nth = 0; nth < 10; nth++) {
            var writer = nth % 2 == 0 ? one : two;
            var other = writer == one ? two : one;
            var moved = "{\"on\":\"2020\",\"due\":\"" + (2031 + nth) + "\"}";

            var first = writer.post(reschedule, moved);
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            var version = first.headers().firstValue("ETag").orElseThrow();

            // News for a stale record, which would write it again; known to a fresh one.
            var again = other.post(reschedule, moved);
            assertThat(again.headers().firstValue("ETag")).as(again.body()).contains(version);
            // The version that the other has not written itself is the last one.
            var seen = other.post(milestones, scheduling("seen-" + nth, "2030"), "If-Match", version);
            assertThat(seen.statusCode()).as(seen.body()).isEqualTo(201);
            // And the version before is stale at once on the node that did not write the next.
            var stale = writer.post(milestones, scheduling("stale-" + nth, "2030"), "If-Match", version);
            assertThat(stale.statusCode()).as(stale.body()).isEqualTo(412);
            var taken = writer.post(milestones, scheduling("seen-" + nth, "2031"));
            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(409);
        }
        PlainScan.assertLogIsWhole(one.sql());
    }

    /** Nobody waits for a projection: what a Location leads to is there. */
    @Test
    void what_was_recorded_is_there_at_once_on_both_nodes() {
        for (var nth = 0; nth < 20; nth++) {
            var answer = one.post("/api/plans/east/milestones", scheduling("at-once-" + nth, "2030"));
            var location = answer.headers().firstValue("Location").orElseThrow();
            for (var reader : List.of(one, two)) {
                assertThat(reader.read(location).get("milestone").asString()).isEqualTo("at-once-" + nth);
                assertThat(reader.read("/api/plans/east").get("version"))
                        .isEqualTo(Node.json(answer).get("version"));
                assertThat(reader.read("/api/plans/east/timeline?order=desc").toString())
                        .contains("at-once-" + nth);
            }
        }
    }

    @Test
    void both_nodes_are_scraped_alike_and_neither_is_behind() {
        var before = Samples.of(two).get(scheduled("east"));
        Samples.of(one);
        schedule(one, "east", "alike", "2030");
        assertThat(Samples.of(one).ofPlans())
                .isEqualTo(Samples.of(two).ofPlans())
                .containsEntry(scheduled("east"), (before == null ? 0 : before) + 1);
        for (var node : List.of(one, two)) {
            assertThat(Samples.of(node).starting("milepost_projection_lag_"))
                    .containsOnlyKeys(
                            "milepost_projection_lag_events{processor=\"plans\"}",
                            "milepost_projection_lag_events{processor=\"timeline\"}",
                            "milepost_projection_lag_seconds{processor=\"plans\"}",
                            "milepost_projection_lag_seconds{processor=\"timeline\"}")
                    .allSatisfy(
                            (series, behind) -> assertThat(behind).as(series).isZero());
        }
    }

    @Test
    void writers_on_both_nodes_share_the_plans_and_no_fact_is_lost_or_doubled() throws Exception {
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Callable<Void>>();
            for (var i = 0; i < 8; i++) {
                var node = i % 2 == 0 ? one : two;
                var name = "writer-" + i + "-";
                writers.add(() -> {
                    for (var nth = 0; nth < 25; nth++) {
                        var plan = PLANS.get(nth % PLANS.size());
                        var answer = node.post("/api/plans/" + plan + "/milestones", scheduling(name + nth, "2030"));
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                        acknowledged.put(
                                plan + " " + name + nth,
                                Node.json(answer).get("version").asLong());
                    }
                    return null;
                });
            }
            for (var writer : threads.invokeAll(writers)) writer.get();
        }
        assertThat(acknowledged).hasSize(200);
        assertThat(one.sql()
                        .sql("select substr(stream, 6) || ' ' || (payload::json ->> 'milestone') as fact, version"
                                + " from event_log where payload like '%\"writer-%'")
                        .query((row, i) -> Map.entry(row.getString("fact"), row.getLong("version")))
                        .list())
                .containsExactlyInAnyOrderElementsOf(acknowledged.entrySet());
        PlainScan.assertLogIsWhole(one.sql());
        one.awaitProjections();
        PlainScan.assertRowsAgree(one);
        PlainScan.assertRowsAgree(two);
    }

    @Test
    void a_fact_is_visible_on_the_other_node_soon_after_the_answer() {
        var nanos = new ArrayList<Long>();
        for (var nth = 0; nth < 200; nth++) {
            var answer = one.post("/api/plans/south/status-reports", "{\"narrative\":\"nth " + nth + "\"}");
            var answered = System.nanoTime();
            var version = answer.headers().firstValue("ETag").orElseThrow().replace("\"", "");
            while (!two.get("/api/plans/south")
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow()
                    .startsWith("\"" + version + "-")) {
                assertThat(System.nanoTime() - answered)
                        .isLessThan(Duration.ofSeconds(60).toNanos());
            }
            nanos.add(System.nanoTime() - answered);
        }
        nanos.sort(null);
        System.out.printf(
                Locale.ROOT,
                "NodesIT: answer to visible on the other node, p50 %.1f ms, p99 %.1f ms, worst %.1f ms%n",
                nanos.get(100) / 1e6,
                nanos.get(198) / 1e6,
                nanos.get(199) / 1e6);
        assertThat(Duration.ofNanos(nanos.get(100)))
                .as("the timer alone would take up to a second")
                .isLessThan(Duration.ofMillis(500));
    }

    /** Each node remembers the token, and neither what may change of the account. */
    @Test
    void who_is_disabled_at_one_node_writes_at_neither_from_then_on_and_soon_reads_at_neither() {
        var leaving = Somebody.of(one, Role.SECRETARIAT, Set.of(), null);
        var token = leaving.bearer();
        for (var node : List.of(one, two)) {
            assertThat(report(node, token).statusCode()).isEqualTo(200);
            assertThat(node.get("/api/plans", "Authorization", token).statusCode())
                    .isEqualTo(200);
        }
        var facts = facts();
        leaving.disable();
        for (var node : List.of(two, one)) {
            assertThat(Problem.of(report(node, token))).isEqualTo(problem(401, "token-invalid"));
        }
        assertThat(facts()).isEqualTo(facts);
        two.awaitWithdrawn(token);
        one.awaitWithdrawn(token);
    }

    private static HttpResponse<String> report(Node node, String token) {
        return node.post("/api/plans/north/status-reports", "{\"narrative\":\"n\"}", "Authorization", token);
    }

    private static long facts() {
        return one.sql()
                .sql("select count(*) from event_log where stream = 'plan/north'")
                .query(Long.class)
                .single();
    }

    /** What needs an event first would show nothing on the node that has just come up. */
    @Test
    void a_node_that_stops_hands_over_and_one_that_starts_knows_every_number_at_once() {
        var owner = owns(one) ? one : two;
        var other = owner == one ? two : one;
        assertThat(owns(owner)).isTrue();
        assertThat(owns(other)).isFalse();
        owner.close();
        var closed = System.nanoTime();
        for (var plan : PLANS) schedule(other, plan, "handed-over", "2030");
        var taken = Duration.ofNanos(System.nanoTime() - closed);
        System.out.println("NodesIT: the other node has taken over after " + taken.toMillis() + " ms");
        assertThat(taken).isLessThan(Duration.ofSeconds(15));
        assertThat(owns(other)).isTrue();
        PlainScan.assertRowsAgree(other);

        one = other;
        two = node();
        assertThat(Samples.of(two).ofPlans())
                .isNotEmpty()
                .isEqualTo(Samples.of(one).ofPlans());
        assertThat(Samples.of(two).starting("milepost_projection_lag_events"))
                .hasSize(2)
                .allSatisfy((series, behind) -> assertThat(behind).as(series).isZero());
    }

    /** Reached at one address, from elsewhere too, and scraped without a token, as in containers. */
    private static Node node(String... settings) {
        return Node.on(
                DATABASE,
                Stream.concat(
                                Stream.of(
                                        "milepost.dataset=none",
                                        "milepost.url=http://127.0.0.1:8080",
                                        "management.server.address=0.0.0.0",
                                        "milepost.public-metrics=true"),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    private static boolean owns(Node node) {
        return node.bean(EventProcessingConfiguration.class).eventProcessors().values().stream()
                .map(StreamingEventProcessor.class::cast)
                .anyMatch(processor -> !processor.processingStatus().isEmpty());
    }

    private static String scheduled(String plan) {
        return "milepost_plan_milestones{city=\"%1$s\",country=\"Thailand\",plan=\"%1$s\",status=\"scheduled\"}"
                .formatted(plan);
    }
}
