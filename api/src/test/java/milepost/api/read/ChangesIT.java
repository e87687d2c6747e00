package milepost.api.read;

import static milepost.api.http.Edge.open;
import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import milepost.api.Node;
import milepost.api.http.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two moments compared over HTTP, on the 26 cities. */
class ChangesIT {
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

    private static JsonNode one(JsonNode changes, String id) {
        return changes.valueStream()
                .filter(change -> change.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void vientianes_bus_rapid_transit_from_2019_to_2025() {
        var changes = node.read(VIENTIANE + "/changes?from=2019-12-31&to=2025-12-31");

        var brt = one(changes.path("milestones"), "2-brt-service");
        assertThat(texts(brt.path("what"))).containsExactly("rescheduled");
        assertThat(brt.at("/before/status").asString()).isEqualTo("scheduled");
        assertThat(brt.at("/before/due").asString()).isEqualTo("2022");
        assertThat(brt.at("/after/due").asString()).isEqualTo("2025-12");
        assertThat(brt.path("movedDays").asInt()).isEqualTo(1096);
        assertThat(brt.path("slippageDays").asInt()).isEqualTo(2557);
        assertThat(brt.path("before")).isEqualTo(node.read(VIENTIANE + "/milestones/2-brt-service?on=2019-12-31"));
        assertThat(brt.path("after")).isEqualTo(node.read(VIENTIANE + "/milestones/2-brt-service?on=2025-12-31"));
        var timeline = node.read(VIENTIANE + "/timeline?limit=200").path("items");
        assertThat(texts(brt.path("facts")
                        .valueStream()
                        .map(fact -> fact.path("on"))
                        .toList()))
                .containsExactly("2022", "2024", "2024-11", "2025-07-12");
        assertThat(timeline.valueStream())
                .containsAll(brt.path("facts").valueStream().toList());

        assertThat(texts(one(changes.path("milestones"), "2-brt-construction-start")
                        .path("what")))
                .containsExactly("added", "met");
        assertThat(texts(one(changes.path("projects"), "2").path("what"))).containsExactly("reported");
        assertThat(changes.path("partnerships").size()).isEqualTo(2);
        assertThat(changes.path("standing").isNull()).isTrue();
        assertThat(changes.at("/from/indicators"))
                .isEqualTo(node.read(VIENTIANE + "?on=2019-12-31").path("indicators"));
        assertThat(changes.at("/to/indicators"))
                .isEqualTo(node.read(VIENTIANE + "?on=2025-12-31").path("indicators"));
    }

    private static List<String> texts(List<JsonNode> list) {
        return list.stream().map(JsonNode::asString).toList();
    }

    @Test
    void versions_and_instants_show_a_retraction_as_the_cause() {
        var plan = open(node, "lakeside");
        node.post(plan + "/milestones", "{\"milestone\":\"a\",\"title\":\"A\",\"due\":\"2020\",\"on\":\"2018\"}");
        node.post(plan + "/milestones/a/met", "{\"on\":\"2020-05\"}");
        var before =
                Instant.parse(node.read(plan + "/replay").at("/items/2/fact/at").asString());
        node.post(plan + "/retractions", "{\"version\":3,\"reason\":\"not yet\"}");

        var byVersion = node.read(plan + "/changes?from=v3&to=v4");
        var milestone = byVersion.at("/milestones/0");
        assertThat(texts(milestone.path("what"))).containsExactly("reopened", "overdue", "retracted");
        assertThat(milestone.at("/before/status").asString()).isEqualTo("met");
        assertThat(milestone.at("/after/status").asString()).isEqualTo("scheduled");
        var cause = milestone.at("/facts/0");
        assertThat(cause.path("version").asInt()).isEqualTo(4);
        assertThat(cause.path("kind").asString()).isEqualTo("FactRetracted");
        assertThat(cause.path("on").isNull()).isTrue();
        assertThat(cause.path("text").asString()).isEqualTo("Version 3 retracted: “A” met (due 2020)");
        assertThat(cause.path("reason").asString()).isEqualTo("not yet");
        assertThat(cause.at("/by/role").asString()).isEqualTo("secretariat");
        assertThat(byVersion.path("retractions").valueStream()).containsExactly(cause);

        for (var asked : List.of("from=v3", "from=v3&to=now", "from=" + before, "from=" + before + "&to=now")) {
            assertThat(node.read(plan + "/changes?" + asked).path("milestones"))
                    .isEqualTo(byVersion.path("milestones"));
        }
        var days = node.read(plan + "/changes?from=2019-01-01&to=2021-01-01");
        assertThat(days.at("/milestones/0/what/0").asString()).isEqualTo("overdue");
        var known = node.read(plan + "/changes?from=2019-01-01&to=2021-01-01&asOf=" + before);
        assertThat(known.at("/milestones/0/what/0").asString()).isEqualTo("met");
        assertThat(known.path("retractions").size()).isZero();
    }

    @Test
    void the_network_changes_where_its_plans_do() {
        var changes = node.read("/api/network/changes?from=2019-12-31&to=2025-12-31");

        assertThat(one(changes.path("plans"), "plan", "vientiane"))
                .isEqualTo(node.read(VIENTIANE + "/changes?from=2019-12-31&to=2025-12-31"));
        assertThat(changes.at("/from/total"))
                .isEqualTo(node.read("/api/network?on=2019-12-31").path("total"));
        assertThat(changes.at("/to/total"))
                .isEqualTo(node.read("/api/network?on=2025-12-31").path("total"));
        assertThat(node.read("/api/network/changes?from=now&to=now")
                        .path("plans")
                        .size())
                .isZero();
        assertThat(node.read("/api/network/changes?from=2000-01-01T00:00:00Z")
                        .path("plans")
                        .size())
                .isGreaterThanOrEqualTo(26);
    }

    private static JsonNode one(JsonNode list, String key, String value) {
        return list.valueStream()
                .filter(item -> item.path(key).asString().equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readers_and_operators_see_of_authors_only_role_and_organisation() {
        open(node, "authors");
        for (var path : List.of(
                "/api/plans/authors/changes?from=2017-01-01",
                "/api/network/changes?from=2017-01-01",
                "/api/plans/authors/replay",
                "/api/plans/authors/replay?format=ndjson")) {
            var secretariat = "\"role\":\"secretariat\",\"organisation\":\"ASCN Secretariat\",\"client\":";
            assertThat(node.get(path, "Authorization", node.bearer("auditor")).body())
                    .as(path)
                    .contains(secretariat + "\"milepost\"");
            for (var who : List.of("reader", "operator")) {
                assertThat(node.get(path, "Authorization", node.bearer(who)).body())
                        .as(path + " for " + who)
                        .contains("\"subject\":null," + secretariat + "null")
                        .doesNotContain("\"client\":\"milepost\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 400 | malformed | from",
                "from= | 400 | malformed | from",
                "from=17 | 400 | malformed | from",
                "from=20 | 400 | malformed | from",
                "from=2019-13 | 400 | malformed | from",
                "from=0000-01-01T00:00:00Z | 400 | malformed | from",
                "from=2019-02-29 | 400 | malformed | from",
                "from=2019-12-31T10:00 | 400 | malformed | from",
                "from=yesterday&to=v99999999999999999999 | 400 | malformed | from,to",
                "from=V1 | 400 | malformed | from",
                "from=v1&asof=now | 400 | malformed | asof",
                "from=2019-01-01&asOf=20 | 400 | malformed | asOf",
                "from=v1&to=2019-12-31 | 422 | out-of-bounds | to",
                "from=2019-12-31&to=2026-01-01T00:00:00Z | 422 | out-of-bounds | to",
                "from=v0 | 422 | out-of-bounds | from",
                "from=v1&to=v9999 | 422 | out-of-bounds | to",
                "from=v3&to=v2 | 422 | out-of-bounds | from",
                "from=now&to=v2 | 422 | out-of-bounds | from",
                "from=2020-01-01&to=2019-12-31 | 422 | out-of-bounds | from",
                "from=now&to=2019-12-31 | 422 | out-of-bounds | from",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z | 422 | out-of-bounds | from",
                "from=now&to=2026-01-01T00:00:00Z | 422 | out-of-bounds | from",
                "from=2999-01-01T00:00:00Z | 422 | out-of-bounds | from",
                "from=2026-01-01T00:00:00Z&to=2999-01-01T00:00:00Z | 422 | out-of-bounds | to",
                "from=v1&asOf=2026-01-01T00:00:00Z | 422 | out-of-bounds | asOf",
                "from=2019-12-31&asOf=2999-01-01T00:00:00Z | 422 | out-of-bounds | asOf",
                "from=2014-01-01&to=2014-12-31 | 404 | plan-unknown | ''",
                "from=2000-01-01T00:00:00Z&to=2001-01-01T00:00:00Z | 404 | plan-unknown | ''"
            })
    void what_cannot_be_compared_is_refused(String query, int status, String code, String fields) {
        var expected = fields.isEmpty() ? problem(status, code) : problem(status, code, fields.split(",", -1));
        assertThat(Problem.of(node.get(VIENTIANE + "/changes?" + query))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "changes?from=v1&to=v9999 | lies beyond the last version, v",
                "changes?from=v3&to=v2 | swap the two",
                "changes?from=2999-01-01T00:00:00Z | take one that has passed, or now",
                "changes?from=20 | is no version (v17), no instant (2026-11-20T08:15:30Z; a + is written %2B), no date",
                "changes?from=2014-01-01&to=2014-12-31 | a later moment may show it",
                "?asOf=2000-01-01T00:00:00Z | There was no plan 'vientiane' then; a later moment may show it.",
                "?asOf=2999-01-01T00:00:00Z | take one that has passed, or leave it out",
                "?version=9999 | lies beyond the last, ",
                "progress?every=day | is one of week, month, quarter, year"
            })
    void a_refusal_says_how_to_mend_it(String query, String help) {
        var path = query.startsWith("?") ? query : "/" + query;
        assertThat(node.get(VIENTIANE + path).body()).contains(help);
    }

    @ParameterizedTest
    @CsvSource({"v1, now, from", "now, v1, to", "v1, v2, from"})
    void the_network_has_no_versions(String from, String to, String field) {
        assertThat(Problem.of(node.get("/api/network/changes?from=" + from + "&to=" + to)))
                .isEqualTo(problem(422, "out-of-bounds", field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes?from=v1", "replay", "replay?format=ndjson", "progress"})
    void there_is_no_such_plan(String path) {
        assertThat(Problem.of(node.get("/api/plans/none/" + path))).isEqualTo(problem(404, "plan-unknown"));
    }
}
