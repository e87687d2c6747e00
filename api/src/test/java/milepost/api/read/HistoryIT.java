package milepost.api.read;

import static milepost.api.http.Edge.open;
import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import milepost.api.Node;
import milepost.api.http.Problem;
import milepost.api.http.Today;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The past over HTTP: the facts as recorded, and the plan, its parts and the network as they were said to be. */
@TestMethodOrder(OrderAnnotation.class)
class HistoryIT {
    private static final String PLAN = "/api/plans/lakeside";

    /** Version 1 opens it on 2018; what follows is recorded in this order, whatever its day. */
    private static final List<String[]> STORY = List.of(
            new String[] {
                "/projects",
                "{\"project\":\"1\",\"title\":\"Buses\",\"focusAreas\":[\"built-infrastructure\"],\"on\":\"2018\"}"
            },
            new String[] {
                "/milestones",
                "{\"milestone\":\"a\",\"project\":\"1\",\"title\":\"A\",\"due\":\"2020\",\"on\":\"2018\"}"
            },
            new String[] {"/milestones/a/met", "{\"on\":\"2021-05-03\"}"},
            new String[] {"/milestones/a/reschedule", "{\"due\":\"2021-06\",\"on\":\"2020-11\"}"},
            new String[] {
                "/partnerships",
                "{\"partnership\":\"p\",\"title\":\"P\",\"status\":\"active\",\"organisations\":[{\"name\":\"O\"}],\"on\":\"2019-07\"}"
            },
            new String[] {"/status-reports", "{\"narrative\":\"wrong\",\"on\":\"2019\"}"},
            new String[] {"/retractions", "{\"version\":7,\"reason\":\"wrong\"}"});

    private static final int LAST = 8;

    private static Node node;

    /** When each version was recorded; index 0 is before any. */
    private static List<Instant> at;

    @BeforeAll
    static void start() {
        node = Node.empty();
        open(node, "lakeside");
        for (var write : STORY)
            assertThat(node.post(PLAN + write[0], write[1]).statusCode())
                    .as(write[1])
                    .isIn(200, 201);
        open(node, "elsewhere");
        node.awaitProjections();
        at = new ArrayList<>(List.of(Instant.EPOCH));
        at.addAll(node.sql()
                .sql("select at from event_log where stream = 'plan/lakeside' order by version")
                .query((row, i) -> row.getObject("at", OffsetDateTime.class).toInstant())
                .list());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static byte[] lines() {
        var bytes = new ByteArrayOutputStream();
        node.sql()
                .sql("select line from event_log where stream = 'plan/lakeside' order by version")
                .query((row, i) -> row.getBytes("line"))
                .list()
                .forEach(line -> {
                    bytes.writeBytes(line);
                    bytes.write('\n');
                });
        return bytes.toByteArray();
    }

    private static byte[] bytes(String path, String... headers) throws Exception {
        var request = node.request(path, headers);
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
            return response.body();
        }
    }

    @Test
    void ndjson_is_the_log_byte_for_byte_by_accept_and_by_parameter() throws Exception {
        var lines = lines();
        assertThat(new String(lines, StandardCharsets.UTF_8).lines()).hasSize(LAST);
        assertThat(bytes(PLAN + "/history", "Accept", "application/x-ndjson")).isEqualTo(lines);
        assertThat(bytes(PLAN + "/history?format=ndjson")).isEqualTo(lines);
        assertThat(bytes(PLAN + "/history?format=ndjson", "Accept", "*/*")).isEqualTo(lines);
    }

    @Test
    void a_long_stream_comes_whole_and_in_order() throws Exception {
        var plan = open(node, "long");
        node.sql().sql("""
                insert into event_log (event_id, stream, version, type, payload, metadata)
                select 'long-' || n, stream, n, 'PlanStatusReported',
                       json_build_object('plan', 'long', 'on', '2019', 'narrative', n::text)::text, '{}'
                from event_log, generate_series(2, 1501) n where stream = 'plan/long' and version = 1 order by n""").update();
        var versions = new String(bytes(plan + "/history?format=ndjson"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .map(line -> line.path("version").asLong())
                .toList();
        assertThat(versions).isEqualTo(LongStream.rangeClosed(1, 1501).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 8, 200})
    void pages_hold_each_fact_once_as_its_line_has_it(int limit) {
        var items = new ArrayList<String>();
        for (var path = PLAN + "/history?limit=" + limit; !path.isEmpty(); ) {
            var body = node.get(path).body();
            var page = node.read(path);
            assertThat(page.path("items").size()).isBetween(1, limit);
            page.path("items").forEach(item -> {
                assertThat(body).contains(item.path("at").asString());
                items.add(item.toString());
            });
            path = page.path("next").asString("");
        }
        var lines = new String(lines(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).toString())
                .toList();
        assertThat(items).isEqualTo(lines);
    }

    @Test
    void a_line_names_where_when_who_and_what() {
        var line = node.read(PLAN + "/history").path("items").path(3);
        assertThat(line.propertyNames())
                .containsExactly("position", "stream", "version", "at", "type", "revision", "metadata", "payload");
        assertThat(line.path("version").asLong()).isEqualTo(4);
        assertThat(line.path("type").asString()).isEqualTo("MilestoneMet");
        var by = line.path("metadata").path("by");
        assertThat(by.path("subject").asString()).matches("[a-z2-9]{12}");
        assertThat(by.path("role").asString()).isEqualTo("secretariat");
        assertThat(by.path("organisation").asString()).isEqualTo("ASCN Secretariat");
        assertThat(by.path("client").asString()).isEqualTo("milepost");
        assertThat(line.path("payload").path("on").asString()).isEqualTo("2021-05-03");
    }

    /** Byte for byte what an earlier Milepost stored. */
    @Test
    void facts_recorded_before_there_was_sign_in_stay_readable_and_say_so() {
        var opening = """
                {"plan":"old","city":"Old","country":"Thailand","countryCode":"TH","from":"2018","to":"2025","on":"2018"}""";
        var metadata = """
                {"by":{"subject":"anonymous","role":null,"organisation":null}}""";
        node.sql().sql("""
                        insert into event_log (event_id, stream, version, type, payload, metadata)
                        values ('old-1', 'plan/old', 1, 'PlanOpened', ?, ?)""").params(opening, metadata).update();
        node.awaitProjections();

        for (var who : List.of("auditor", "reader")) {
            var timeline = node.get("/api/plans/old/timeline", "Authorization", node.bearer(who));
            assertThat(timeline.body())
                    .as(who)
                    .contains("\"by\":{\"subject\":\"anonymous\",\"role\":null,\"organisation\":null,\"client\":null}");
        }
        assertThat(node.read("/api/plans/old/history").toString()).contains(metadata);
        assertThat(node.post("/api/plans/old/status", "{\"status\":\"endorsed\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    /** What is left of an answer when the moment it was asked for is the only difference. */
    private static JsonNode read(String path) {
        return node.read(path);
    }

    @Test
    void a_version_is_the_plan_after_so_many_facts_and_equals_as_of_its_moment() {
        for (var version = 1; version <= LAST; version++) {
            var byVersion = read(PLAN + "?version=" + version);
            assertThat(byVersion.path("version").asInt()).isEqualTo(version);
            assertThat(Instant.parse(byVersion.path("at").asString())).isEqualTo(at.get(version));
            var response = node.get(PLAN + "?version=" + version);
            assertThat(response.headers().firstValue("ETag").orElse("")).startsWith("\"" + version + "-");
            assertThat(read(PLAN + "?asOf=" + at.get(version))).isEqualTo(byVersion);
            assertThat(read(PLAN + "/timeline?asOf=" + at.get(version)))
                    .isEqualTo(read(PLAN + "/timeline?version=" + version));
            if (version < LAST)
                assertThat(read(PLAN + "?asOf=" + at.get(version + 1).minusNanos(1000)))
                        .as("just before the next")
                        .isEqualTo(byVersion);
        }
    }

    @Test
    void the_last_version_and_today_are_the_live_plan() {
        var today = node.bean(Today.class).day();
        for (var path : List.of(
                PLAN, PLAN + "/timeline", PLAN + "/milestones/a", PLAN + "/projects/1", PLAN + "/partnerships/p")) {
            var live = read(path);
            assertThat(read(path + "?version=" + LAST)).isEqualTo(live);
            assertThat(read(path + "?on=" + today)).isEqualTo(live);
            assertThat(read(path + "?asOf=" + at.get(LAST))).isEqualTo(live);
        }
        assertThat(read("/api/network?on=" + today)).isEqualTo(read("/api/network"));
    }

    @Test
    void before_the_first_fact_there_was_no_plan() {
        var before = at.get(1).minusNanos(1000);
        for (var path : List.of(PLAN, PLAN + "/timeline", PLAN + "/milestones/a"))
            assertThat(Problem.of(node.get(path + "?asOf=" + before))).isEqualTo(problem(404, "plan-unknown"));
        assertThat(read("/api/network?asOf=" + before)
                        .path("total")
                        .path("plans")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"2017-12-31, 404", "2018-01-01, 200"})
    void before_its_opening_counts_there_was_no_plan(LocalDate day, int status) {
        assertThat(node.get(PLAN + "?on=" + day).statusCode()).isEqualTo(status);
        assertThat(read("/api/network?on=" + day).path("total").path("plans").asInt() > 0)
                .isEqualTo(status == 200);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // day, status, baseline, due, met on, overdue
                "2018-01-01, scheduled, 2020, 2020, -, false",
                "2020-10-31, scheduled, 2020, 2020, -, false",
                "2020-11-01, scheduled, 2020, 2021-06, -, false",
                "2021-05-02, scheduled, 2020, 2021-06, -, false",
                "2021-05-03, met, 2020, 2021-06, 2021-05-03, false"
            })
    void a_day_shows_what_had_happened_by_it(
            LocalDate day, String status, String baseline, String due, String metOn, boolean overdue) {
        var milestone = read(PLAN + "/milestones/a?on=" + day);
        assertThat(milestone.path("status").asString()).isEqualTo(status);
        assertThat(milestone.path("baseline").asString()).isEqualTo(baseline);
        assertThat(milestone.path("due").asString()).isEqualTo(due);
        assertThat(milestone.path("metOn").asString(null)).isEqualTo(metOn);
        assertThat(milestone.path("overdue").asBoolean()).isEqualTo(overdue);
        var inPlan = read(PLAN + "?on=" + day).path("milestones").path(0);
        assertThat(inPlan).isEqualTo(milestone);
    }

    @Test
    void both_clocks_at_once_show_what_was_known_then_of_that_day() {
        var known = read(PLAN + "?version=3&on=2021-01-01").path("milestones").path(0);
        assertThat(known.path("due").asString()).isEqualTo("2020");
        assertThat(known.path("overdue").asBoolean()).isTrue();
        var later = read(PLAN + "?version=5&on=2021-01-01").path("milestones").path(0);
        assertThat(later.path("due").asString()).isEqualTo("2021-06");
        assertThat(later.path("overdue").asBoolean()).isFalse();
        assertThat(read("/api/network?asOf=" + at.get(3) + "&on=2021-01-01")
                        .path("total")
                        .path("indicators")
                        .path("overdue")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void a_retracted_fact_is_seen_up_to_its_retraction_only() {
        assertThat(versions("?version=7")).contains(7L);
        assertThat(versions("?version=8")).doesNotContain(7L);
        assertThat(versions("")).doesNotContain(7L);
        assertThat(versions("?on=2019-12-31")).doesNotContain(7L);
        assertThat(read(PLAN + "?version=7")
                        .path("statusReport")
                        .path("narrative")
                        .asString())
                .isEqualTo("wrong");
        assertThat(read(PLAN).path("statusReport").isNull()).isTrue();
    }

    private static List<Long> versions(String query) {
        return read(PLAN + "/timeline" + query)
                .path("items")
                .valueStream()
                .map(entry -> entry.path("version").asLong())
                .toList();
    }

    @Test
    void a_part_was_unknown_before_it_was_recorded_or_happened() {
        assertThat(Problem.of(node.get(PLAN + "/milestones/a?version=2"))).isEqualTo(problem(404, "milestone-unknown"));
        assertThat(Problem.of(node.get(PLAN + "/projects/1?version=1"))).isEqualTo(problem(404, "project-unknown"));
        assertThat(Problem.of(node.get(PLAN + "/partnerships/p?on=2019-06-30")))
                .isEqualTo(problem(404, "partnership-unknown"));
        assertThat(node.get(PLAN + "/partnerships/p?on=2019-07-01").statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_answer_of_an_instant_does_not_change_when_more_is_recorded() {
        var plan = open(node, "settled");
        var now = Instant.now();
        var asked = IntStream.range(0, 20)
                .mapToObj(i -> {
                    var moment = Instant.now();
                    var then = node.read(plan + "/timeline?asOf=" + moment);
                    node.post(plan + "/milestones", "{\"milestone\":\"m%s\",\"title\":\"M\"}".formatted(i));
                    assertThat(node.read(plan + "/timeline?asOf=" + moment)).isEqualTo(then);
                    assertThat(then.path("items").size()).isEqualTo(i + 1);
                    return moment;
                })
                .toList();
        assertThat(asked).allMatch(moment -> !moment.isBefore(now));
    }

    @Test
    void an_instant_may_be_given_with_any_offset() {
        var offset = at.get(4).atOffset(ZoneOffset.ofHours(7)).toString().replace("+", "%2B");
        assertThat(read(PLAN + "?asOf=" + offset)).isEqualTo(read(PLAN + "?version=4"));
    }

    /** The last of all: what is recorded after it has tomorrow's time. */
    @Test
    @Order(Integer.MAX_VALUE)
    void a_receipts_own_at_can_be_asked_for_while_the_logs_clock_is_ahead() {
        var plan = open(node, "tomorrow");
        // As if the server's clock had been a day ahead when the last fact was recorded.
        node.sql()
                .sql("alter table event_log disable trigger event_log_append_only")
                .update();
        node.sql().sql("""
                update event_log set at = at + interval '1 day'
                where position = (select max(position) from event_log)""").update();
        node.sql()
                .sql("alter table event_log enable trigger event_log_append_only")
                .update();
        var receipt = Node.json(node.post(
                plan + "/milestones", "{\"milestone\":\"m\",\"title\":\"M\",\"on\":\"2019\"}", "Prefer", "wait=30"));
        var moment = Instant.parse(receipt.path("at").asString());
        assertThat(moment).isAfter(Instant.now().plus(23, ChronoUnit.HOURS));

        var then = new LinkedHashMap<String, JsonNode>();
        for (var path : List.of(
                plan + "?asOf=" + moment,
                plan + "/milestones/m?asOf=" + moment,
                plan + "/timeline?limit=1&asOf=" + moment,
                plan + "/changes?from=v1&to=v2",
                plan + "/changes?from=2018-01-01T00:00:00Z&to=" + moment,
                plan + "/changes?from=2018-01-01&to=2019-12-31&asOf=" + moment,
                plan + "/progress?to=2019-12-31&asOf=" + moment,
                "/api/plans?limit=1&asOf=" + moment,
                "/api/network?asOf=" + moment,
                "/api/network/changes?from=2018-01-01T00:00:00Z&to=" + moment,
                "/api/network/progress?to=2019-12-31&asOf=" + moment)) {
            var page = read(path);
            then.put(path, page);
            page.path("next").stringValueOpt().ifPresent(next -> then.put(next, read(next)));
        }
        assertThat(then).as("with their next pages").hasSizeGreaterThan(11);
        assertThat(then.get(plan + "?asOf=" + moment)).isEqualTo(read(plan + "?version=2"));
        assertThat(read(plan + "/replay").at("/items/1/fact/at").asString())
                .isEqualTo(receipt.path("at").asString());
        assertThat(Problem.of(node.get(plan + "?asOf=" + moment.plusNanos(1000))))
                .as("what may still be recorded has not been said")
                .isEqualTo(problem(422, "out-of-bounds", "asOf"));

        node.post(plan + "/milestones", "{\"milestone\":\"n\",\"title\":\"N\",\"on\":\"2019\"}", "Prefer", "wait=30");
        then.forEach((path, answer) -> assertThat(read(path)).as(path).isEqualTo(answer));
    }
}
