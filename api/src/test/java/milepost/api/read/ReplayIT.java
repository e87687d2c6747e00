package milepost.api.read;

import static milepost.api.http.Edge.open;
import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import milepost.api.Node;
import milepost.api.http.Problem;
import milepost.api.http.Today;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plan step by step, and its numbers over time, on the 26 cities. */
class ReplayIT {
    private static final String VIENTIANE = "/api/plans/vientiane";

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.withDataset();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<JsonNode> steps(String first) {
        var items = new ArrayList<JsonNode>();
        for (var path = first; !path.isEmpty(); ) {
            var page = node.read(path);
            page.path("items").forEach(items::add);
            path = page.path("next").asString("");
        }
        return items;
    }

    @Test
    void each_step_is_a_fact_and_the_indicators_as_of_it() {
        var steps = steps(VIENTIANE + "/replay");
        var last = node.read(VIENTIANE).path("version").asInt();
        assertThat(steps).hasSize(last);
        for (var version : List.of(1, 5, last)) {
            var step = steps.get(version - 1);
            assertThat(step.path("version").asInt()).isEqualTo(version);
            var at = step.at("/fact/at").asString();
            assertThat(step.path("indicators"))
                    .isEqualTo(node.read(VIENTIANE + "?asOf=" + at).path("indicators"));
        }
        assertThat(steps.stream().map(step -> step.path("fact")))
                .containsExactlyInAnyOrderElementsOf(node.read(VIENTIANE + "/timeline?limit=200")
                        .path("items")
                        .valueStream()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 200})
    void pages_and_lines_hold_the_same_steps(int limit) {
        var whole = steps(VIENTIANE + "/replay");
        assertThat(steps(VIENTIANE + "/replay?limit=" + limit)).isEqualTo(whole);
        var byAccept = node.get(VIENTIANE + "/replay", "Accept", "application/x-ndjson");
        assertThat(byAccept.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(byAccept.body().lines().map(line -> JsonMapper.shared().readTree(line)))
                .isEqualTo(whole);
        assertThat(node.get(VIENTIANE + "/replay?format=ndjson").body()).isEqualTo(byAccept.body());
    }

    /** Opens a plan of so many facts, each but the first a milestone with so much to tell. */
    private static String opened(String plan, int facts, int told) {
        var path = open(node, plan);
        node.sql()
                .sql("""
                insert into event_log (event_id, stream, version, type, payload, metadata)
                select stream || '-' || n, stream, n, 'MilestoneScheduled',
                       json_build_object('plan', substr(stream, 6), 'on', '2019', 'milestone', 'm' || n, 'due', '2020',
                                         'title', n::text, 'weight', 1 + n % 3, 'narrative', repeat('x', :told))::text, '{}'
                from event_log, generate_series(2, :facts) n where stream = :stream and version = 1 order by n""")
                .param("told", told)
                .param("facts", facts)
                .param("stream", "plan/" + plan)
                .update();
        return path;
    }

    @Test
    void a_client_that_goes_away_ends_its_replay() throws Exception {
        var plan = opened("broad", 1001, 20_000);
        try (var client = HttpClient.newHttpClient()) {
            var request = node.request(plan + "/replay?format=ndjson").GET().build();
            try (var lines = client.send(request, BodyHandlers.ofInputStream()).body()) {
                assertThat(lines.readNBytes(1_000)).hasSize(1_000);
                assertThat(brokenOff()).isEmpty();
            }
        }
        for (var i = 0; brokenOff().isEmpty() && i < 6_000; i++) Node.pause(10);
        assertThat(brokenOff()).hasSize(1);
    }

    private static List<String> brokenOff() {
        return node.scrape().stream()
                .filter(sample -> sample.startsWith("http_server_requests_seconds_count")
                        && sample.contains("exception=\"IOException\"")
                        && sample.contains("/replay"))
                .toList();
    }

    @Test
    void a_long_replay_comes_whole_and_ends_where_the_plan_stands() {
        var plan = opened("long", 3001, 0);
        var steps = node.get(plan + "/replay?format=ndjson")
                .body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(steps.stream().map(step -> step.path("version").asInt()))
                .isEqualTo(IntStream.rangeClosed(1, 3001).boxed().toList());
        var last = steps.getLast();
        assertThat(last.path("indicators"))
                .isEqualTo(node.read(plan + "?asOf=" + last.at("/fact/at").asString())
                        .path("indicators"));
    }

    @ParameterizedTest
    @CsvSource({"format=xml, format", "limit=0, limit", "after=nonsense!, after"})
    void a_replay_refuses_what_it_does_not_know(String query, String field) {
        assertThat(Problem.of(node.get(VIENTIANE + "/replay?" + query)))
                .isEqualTo(problem(422, "out-of-bounds", field));
    }

    @ParameterizedTest
    @CsvSource({"month, 96, 2018-01-31", "week, 418, 2018-01-07", "quarter, 32, 2018-03-31", "year, 8, 2018-12-31"})
    void a_series_has_a_point_at_the_end_of_each_period(String every, int points, String first) {
        var series = node.read(VIENTIANE + "/progress?to=2025-12-31&every=" + every);
        assertThat(series.path("every").asString()).isEqualTo(every);
        assertThat(series.path("points").size()).isEqualTo(points);
        assertThat(series.at("/points/0/day").asString()).isEqualTo(first);
        var last = series.path("points").path(points - 1);
        assertThat(last.path("day").asString()).isEqualTo("2025-12-31");
        var indicators = node.read(VIENTIANE + "?on=2025-12-31").path("indicators");
        indicators.forEachEntry(
                (name, value) -> assertThat(last.path(name)).as(name).isEqualTo(value));
    }

    @Test
    void a_series_ends_today_and_begins_with_the_plan_and_may_look_ahead() {
        var today = node.bean(Today.class).day();
        var points = node.read(VIENTIANE + "/progress").path("points");
        assertThat(points.path(0).path("day").asString()).isEqualTo("2018-01-31");
        assertThat(points.path(points.size() - 1).path("day").asString()).isEqualTo(today.toString());
        var ahead = node.read(VIENTIANE + "/progress?every=year&from=" + today + "&to=" + today.plusYears(2))
                .path("points");
        assertThat(ahead.size()).isEqualTo(3);
        assertThat(node.read("/api/network/progress?asOf=2000-01-01T00:00:00Z")
                        .path("points")
                        .size())
                .isZero();
    }

    /** Typed wrong by one who opened a plan, or about a time long gone; the record never forgets either. */
    @ParameterizedTest
    @CsvSource({"early, 1990, 1991, 1990", "endless, 2018, 2100, 1990"})
    void one_plans_odd_dates_spoil_nothing_that_is_told_of_all(String plan, String from, String to, String on) {
        assertThat(node.post("/api/plans", """
                        {"plan":"%s","city":"Ha \\"Long\\" Bay","countryCode":"VN","from":"%s","to":"%s","on":"%s"}""".formatted(plan, from, to, on)).statusCode())
                .isEqualTo(201);
        assertThat(node.post("/api/plans/" + plan + "/milestones", """
                        {"milestone":"far","title":"Far","due":"2100-12-31","weight":1000,"on":"%s"}""".formatted(on))
                        .statusCode())
                .isEqualTo(201);
        node.awaitProjections();
        for (var path : List.of(
                "/api/network",
                "/api/network/progress",
                "/api/network/progress?every=week",
                "/api/network/changes?from=1990-01-01",
                "/api/metrics/history",
                "/api/plans?sort=-overdue",
                "/api/plans/" + plan + "/progress?every=week",
                "/api/plans/" + plan + "/replay")) {
            var answer = node.get(path);
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        }
        var days = node.read("/api/network/progress").path("points");
        assertThat(days.path(days.size() - 1).path("day").asString())
                .isEqualTo(node.bean(Today.class).day().toString());
        assertThat(node.scrape()).anyMatch(line -> line.contains("plan=\"" + plan + "\""));
    }

    @Test
    void the_networks_series_is_the_network_on_each_day() {
        var points = node.read("/api/network/progress?every=year&from=2018-01-01&to=2024-06-30")
                .path("points");
        assertThat(points.size()).isEqualTo(7);
        for (var point : points) {
            var total =
                    node.read("/api/network?on=" + point.path("day").asString()).path("total");
            total.path("indicators")
                    .forEachEntry((name, value) ->
                            assertThat(point.path(name)).as(name).isEqualTo(value));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "every=day, 422, out-of-bounds, every",
        "every=week&from=1990-01-01, 422, out-of-bounds, every",
        "from=2021-01-02&to=2021-01-01, 422, out-of-bounds, from",
        "from=2999-01-01, 422, out-of-bounds, from",
        "every=week&to=2101, 422, out-of-bounds, to",
        "every=week&to=%2B999999999-12-31, 400, malformed, to",
        "from=-999999999-01-01, 400, malformed, from",
        "from=1989, 422, out-of-bounds, from",
        "from=20, 400, malformed, from",
        "asOf=2999-01-01T00:00:00Z, 422, out-of-bounds, asOf",
        "on=2021-01-01, 400, malformed, on"
    })
    void a_series_refuses_what_it_cannot_draw(String query, int status, String code, String field) {
        for (var path : List.of(VIENTIANE, "/api/network"))
            assertThat(Problem.of(node.get(path + "/progress?" + query))).isEqualTo(problem(status, code, field));
    }
}
