package milepost.api.read;

import static milepost.api.http.Edge.open;
import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.api.http.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;

/** Which day it is, which days can be told, and how they are written. */
class DaysIT {
    /** A Saturday morning in Europe: the 29th has begun at UTC+14, the 27th is just over at UTC−10 and not at UTC−12. */
    private static final Instant MORNING = Instant.parse("2026-11-28T10:00:00Z");

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(MORNING);

    @SuppressWarnings("NullAway.Init")
    private static Node node;

    static class TestClock {
        @Bean
        Clock clock() {
            return ((InstantSource) NOW::get).withZone(ZoneOffset.UTC);
        }
    }

    @BeforeAll
    static void start() {
        node = Node.on(TestServer.createDatabase(), List.of(TestClock.class), "milepost.dataset=none");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void morning() {
        NOW.set(MORNING);
    }

    private static HttpResponse<String> post(String path, String body) {
        return node.post(path, body.replace('\'', '"'));
    }

    private static void schedule(String plan, String milestone, String due) {
        var body = "{'milestone':'%s','title':'Due %s','due':'%s','on':'2020'}".formatted(milestone, due, due);
        assertThat(post(plan + "/milestones", body).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28, 2026-11-28T00:00:00Z, false",
        "2026-11-28, 2026-11-28T10:00:00Z, false",
        "2026-11-28, 2026-11-29T11:59:59Z, false",
        "2026-11-28, 2026-11-29T12:00:00Z, true",
        "2026-11,    2026-12-01T11:59:59Z, false",
        "2026-11,    2026-12-01T12:00:00Z, true"
    })
    void a_due_day_has_passed_when_it_is_over_everywhere(String due, Instant now, boolean passed) {
        NOW.set(now);
        var id = "over-" + due + "-" + now.getEpochSecond();
        var plan = open(node, id);
        schedule(plan, "m", due);
        node.awaitProjections();
        assertThat(node.read(plan + "/milestones/m").path("overdue").asBoolean())
                .as("its own page")
                .isEqualTo(passed);
        var indicators = node.read(plan).path("indicators");
        assertThat(indicators.path("overdue").asInt()).isEqualTo(passed ? 1 : 0);
        assertThat(indicators.path("plannedValue").asInt()).isEqualTo(passed ? 1 : 0);
        assertThat(node.read("/api/plans?limit=200&overdue=true").path("items").valueStream())
                .as("the list")
                .anySatisfy(item -> assertThat(item.path("plan").asString()).isEqualTo("late-always"))
                .satisfies(items -> assertThat(items.stream()
                                .anyMatch(item -> item.path("plan").asString().equals(id)))
                        .isEqualTo(passed));
        assertThat(node.scrape())
                .contains("milepost_plan_milestones_overdue{city=\"Lakeside\",country=\"Singapore\",plan=\"%s\"} %s"
                        .formatted(id, passed ? "1.0" : "0.0"));
        assertThat(node.read(plan + "/changes?from=2026-11-01").toString().contains("\"overdue\":true"))
                .as("changes")
                .isEqualTo(passed);
    }

    @BeforeAll
    static void one_that_is_always_late() {
        var plan = open(node, "late-always");
        schedule(plan, "m", "2021");
    }

    @Test
    void as_of_takes_its_day_where_it_ends_last() {
        var plan = open(node, "as-of");
        schedule(plan, "m", "2021");
        var at = Instant.parse(node.read(plan + "/timeline?order=desc&limit=1")
                .path("items")
                .path(0)
                .path("at")
                .asString());
        var day = LocalDate.ofInstant(at, ZoneOffset.ofHours(-12));
        assertThat(post(plan + "/milestones/m/reschedule", "{'due':'%s','on':'2021'}".formatted(day))
                        .statusCode())
                .isEqualTo(200);
        var then = Node.json(post(plan + "/milestones/m/reschedule", "{'due':'2030','on':'2022'}"))
                .path("at")
                .asString();
        var asOf = Instant.parse(then).minusNanos(1000);
        var late = LocalDate.ofInstant(asOf, ZoneOffset.ofHours(-12)).isAfter(day);
        assertThat(node.read(plan + "/milestones/m?asOf=" + asOf).path("due").asString())
                .isEqualTo(day.toString());
        assertThat(node.read(plan + "/milestones/m?asOf=" + asOf)
                        .path("overdue")
                        .asBoolean())
                .isEqualTo(late);
        assertThat(node.read(plan + "/replay")
                        .path("items")
                        .path(2)
                        .path("indicators")
                        .path("overdue")
                        .asInt())
                .isEqualTo(late ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T10:00:00Z, 2026-11-28",
        "2026-11-28T16:59:59Z, 2026-11-28",
        "2026-11-28T17:00:00Z, 2026-11-29"
    })
    void a_fact_without_a_day_is_of_today_in_jakarta(Instant now, String day) {
        NOW.set(now);
        var plan = open(node, "jakarta-" + now.getEpochSecond());
        schedule(plan, "m", "2026");
        post(plan + "/milestones/m/met", "{}");
        post(plan + "/projects", "{'project':'p','title':'P','focusAreas':['civic-and-social']}");
        assertThat(node.read(plan + "/milestones/m").path("metOn").asString()).isEqualTo(day);
        var facts = node.read(plan + "/history").path("items");
        assertThat(facts.path(2).path("payload").path("on").asString()).isEqualTo(day);
        assertThat(facts.path(3).path("payload").path("on").asString()).isEqualTo(day);
    }

    @Test
    void a_fact_may_be_of_the_latest_day_that_has_begun_and_counts_at_once() {
        var plan = open(node, "latest");
        schedule(plan, "m", "2027");
        NOW.set(MORNING.minusSeconds(1));
        assertThat(Problem.of(post(plan + "/milestones/m/met", "{'on':'2026-11-29'}")))
                .isEqualTo(problem(422, "out-of-bounds", "on"));
        NOW.set(MORNING);
        assertThat(Problem.of(post(plan + "/milestones/m/met", "{'on':'2026-11-30'}")))
                .isEqualTo(problem(422, "out-of-bounds", "on"));
        assertThat(post(plan + "/milestones/m/met", "{'on':'2026-11-29'}").statusCode())
                .isEqualTo(200);
        assertThat(node.read(plan).path("indicators").path("progress").asInt()).isEqualTo(1);
        assertThat(node.read(plan + "?on=2026-11-28")
                        .path("indicators")
                        .path("progress")
                        .asInt())
                .isZero();
        for (var to : List.of("", "&to=now")) {
            assertThat(node.read(plan + "/changes?from=2026-11-01" + to)
                            .path("milestones")
                            .path(0)
                            .path("after")
                            .path("status")
                            .asString())
                    .as("now is all that is known")
                    .isEqualTo("met");
        }
    }

    static Stream<String> dates() {
        return Stream.of("1000", "1204", "1989-12-31", "2101", "9999-12-31");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/milestones | {'milestone':'a','title':'A','due':'%s','on':'2020'} | due",
                "/milestones | {'milestone':'a','title':'A','metOn':'%s'} | metOn",
                "/milestones | {'milestone':'a','title':'A','due':'2027','on':'%s'} | on",
                "/milestones/m/reschedule | {'due':'%s','on':'2020'} | due",
                "/milestones/m/reschedule | {'due':'2027','on':'%s'} | on",
                "/milestones/m/met | {'on':'%s'} | on",
                "/milestones/m/partially-met | {'share':0.5,'on':'%s'} | on",
                "/milestones/m/not-met | {'on':'%s'} | on",
                "/milestones/m/withdraw | {'reason':'none','on':'%s'} | on",
                "/milestones/m/amend | {'title':'T','on':'%s'} | on",
                "/projects | {'project':'p','title':'P','focusAreas':['civic-and-social'],'on':'%s'} | on",
                "/projects/q/phase | {'phase':'preparation','on':'%s'} | on",
                "/partnerships | {'partnership':'p','title':'P','status':'agreed','organisations':[{'name':'N'}],'on':'%s'} | on",
                "/status | {'status':'endorsed','on':'%s'} | on",
                "/status-reports | {'health':'on-track','on':'%s'} | on",
                "/officers | {'officer':'o','role':'csco','name':'N','on':'%s'} | on",
                " | {'plan':'new','city':'C','countryCode':'TH','from':'%s','to':'2100','on':'2020'} | from",
                " | {'plan':'new','city':'C','countryCode':'TH','from':'1990','to':'%s','on':'2020'} | to",
                " | {'plan':'new','city':'C','countryCode':'TH','from':'2018','to':'2025','on':'%s'} | on"
            })
    void no_date_of_a_request_lies_beyond_what_a_plan_can_speak_of(
            @org.jspecify.annotations.Nullable String path, String body, String field) {
        var plan = bounded();
        var at = path == null ? "/api/plans" : plan + path;
        for (var date : dates().toList()) {
            var answer = post(at, body.formatted(date));
            assertThat(Problem.of(answer)).as(date).isEqualTo(problem(422, "out-of-bounds", field));
        }
        assertThat(Node.json(post(at, body.formatted("9999")))
                        .path("errors")
                        .path(0)
                        .path("message")
                        .asString())
                .contains(field.equals("on") || field.equals("metOn") ? "future" : "1990 to 2100");
        assertThat(Node.json(post(at, body.formatted("1204")))
                        .path("errors")
                        .path(0)
                        .path("message")
                        .asString())
                .contains("1990");
        for (var thai : List.of("2569", "2569-02", "2568-11-28")) {
            assertThat(Node.json(post(at, body.formatted(thai)))
                            .path("errors")
                            .path(0)
                            .path("message")
                            .asString())
                    .as("Buddhist era")
                    .contains("543")
                    .contains(thai.startsWith("2569") ? thai.replace("2569", "2026") : thai.replace("2568", "2025"));
        }
    }

    private static String bounded() {
        if (node.get("/api/plans/bounded").statusCode() == 200) return "/api/plans/bounded";
        var plan = open(node, "bounded");
        schedule(plan, "m", "2027");
        return plan;
    }

    @ParameterizedTest
    @CsvSource({"due, 1990", "due, 2100", "due, 2100-12-31", "from, 1990", "to, 2100"})
    void what_a_plan_can_speak_of_is_taken(String field, String date) {
        var id = "spoken-" + field + "-" + date;
        var opening = "{'plan':'%s','city':'C','countryCode':'TH','from':'%s','to':'%s','on':'2020'}"
                .formatted(id, field.equals("from") ? date : "2018", field.equals("to") ? date : "2025");
        assertThat(post("/api/plans", opening).statusCode()).isEqualTo(201);
        if (field.equals("due")) schedule("/api/plans/" + id, "m", date);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/plans?on=2564-06-30 | on | 2021-06-30",
                "/api/plans/bounded?on=1204 | on | 1990 to 2100",
                "/api/plans/bounded/milestones/m?on=9999-12-31 | on | 1990 to 2100",
                "/api/plans/bounded/timeline?on=2569 | on | 2026",
                "/api/network?on=2569-01 | on | 2026-01",
                "/api/network?asOf=2569-01-01T00:00:00Z | asOf | 2026-01-01",
                "/api/network?asOf=2569-01 | asOf | 2026-01",
                "/api/plans/bounded/progress?from=2561 | from | 2018",
                "/api/plans/bounded/progress?to=9999 | to | 1990 to 2100",
                "/api/network/progress?to=2568 | to | 2025",
                "/api/metrics/history?from=2561 | from | 2018",
                "/api/metrics/history?from=1000 | from | 1990 to 2100",
                "/api/plans/bounded/changes?from=2562-12-31 | from | 2019-12-31",
                "/api/network/changes?from=2019&to=2568 | to | 2025"
            })
    void no_question_goes_beyond_it_either(String path, String field, String said) {
        bounded();
        var answer = node.get(path);
        assertThat(Problem.of(answer)).isEqualTo(problem(422, "out-of-bounds", field));
        assertThat(Node.json(answer).path("errors").path(0).path("message").asString())
                .contains(said);
    }

    /** What got in before there were bounds; the database takes it as it came. */
    private static void stored(String plan, long version, String type, String payload) {
        node.sql()
                .sql("""
                        insert into event_log (event_id, stream, version, type, payload, metadata)
                        values (cast(gen_random_uuid() as text), ?, ?, ?, ?,
                            '{"by":{"subject":"s","role":"secretariat","organisation":null,"client":"milepost"}}')""")
                .params(
                        "plan/" + plan,
                        version,
                        type,
                        payload.replace('\'', '"').replace("\n", ""))
                .update();
    }

    @ParameterizedTest
    @CsvSource({"9999, 2561, 2568, 2018", "1000, 1000, 1001, 1204", "2569, 2018, 9999, 2018"})
    void a_fact_that_got_in_before_is_read_and_spoils_nothing(String due, String from, String to, String on) {
        var sound = open(node, "sound-" + due);
        schedule(sound, "m", "2021");
        var plan = "stored-" + due;
        stored(plan, 1, "PlanOpened", """
                {'plan':'%s','on':'%s','city':'Lakeside','countryCode':'SG',
                 'from':'%s','to':'%s'}""".formatted(plan, on, from, to));
        stored(plan, 2, "MilestoneScheduled", """
                {'plan':'%s','on':'%s','milestone':'far','project':null,'due':'%s','weight':1,'title':'Far'}""".formatted(plan, on, due));
        stored(plan, 3, "MilestoneScheduled", """
                {'plan':'%s','on':'%s','milestone':'moved','project':null,'due':'2025','weight':1,'title':'Moved'}""".formatted(plan, on));
        stored(plan, 4, "MilestoneRescheduled", """
                {'plan':'%s','on':'%s','milestone':'moved','due':'%s'}""".formatted(plan, on, due));
        node.awaitProjections();
        assertThat(node.read("/api/plans/" + plan + "/milestones/far")
                        .path("due")
                        .asString())
                .isEqualTo(due);
        for (var path : List.of(
                "/api/network",
                "/api/network/progress",
                "/api/network/progress?every=week",
                "/api/network/changes?from=1990-01-01",
                "/api/metrics/history",
                "/api/plans?limit=200&sort=-overdue",
                "/api/plans?limit=200&sort=-daysLate",
                "/api/plans/" + plan,
                "/api/plans/" + plan + "/timeline",
                "/api/plans/" + plan + "/progress?every=week",
                "/api/plans/" + plan + "/replay")) {
            var answer = node.get(path);
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        }
        assertThat(node.read("/api/plans/" + plan + "/progress").path("points").size())
                .as("a series of its own that is not one point for ever")
                .isBetween(12, 1000);
        var network = node.read("/api/network/progress").path("points");
        assertThat(network.path(0).path("day").asString()).isBetween("1990-01", "2018-02");
        var history = node.get("/api/metrics/history").body();
        assertThat(history.lines()
                        .filter(line -> line.startsWith("plan:progress_ratio{plan=\"sound-"))
                        .findFirst()
                        .orElseThrow())
                .endsWith(" " + Instant.parse("2020-01-01T12:00:00Z").getEpochSecond());
        for (var metric : List.of("milepost_plan_slippage_days", "milepost_plan_late_days")) {
            assertThat(node.scrape().stream()
                            .filter(line -> line.startsWith(metric + "{") && line.contains("\"" + plan + "\""))
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                    .as(metric)
                    .allMatch(days -> Math.abs(days) < 40_000);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Q4 2025 | 2025-12",
                "2025-Q2 | 2025-06",
                "2030-2031 | 2030 or 2031",
                "30 June 2025 | 2025-06-30",
                "06/2025 | 2025-06",
                "June 2025 | 2025-06",
                "30/06/2025 | 2025-06-30",
                "2025/06/30 | 2025-06-30",
                "2025-6-3 | 2025-06-03",
                "2025-06-30T10:00:00Z | 2025-06-30"
            })
    void a_date_written_otherwise_is_refused_with_the_form_to_take(String given, String form) {
        var plan = bounded();
        for (var body : List.of(
                "{'milestone':'n','title':'N','due':'%s','on':'2020'}",
                "{'milestone':'n','title':'N','due':'2027','on':'%s'}", "{'milestone':'n','title':'N','metOn':'%s'}")) {
            var answer = post(plan + "/milestones", body.formatted(given));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Node.json(answer).path("errors").path(0).path("message").asString())
                    .contains("'" + given + "'")
                    .contains(form);
        }
        var asked = java.net.URLEncoder.encode(given, java.nio.charset.StandardCharsets.UTF_8);
        for (var path : List.of("?on=", "/progress?from=", "/changes?from=")) {
            if (path.startsWith("/changes") && given.contains("T")) continue; // an instant is one of its forms
            var answer = node.get(plan + path + asked);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(Node.json(answer).path("errors").path(0).path("message").asString())
                    .as(path)
                    .contains(form);
        }
    }

    private static String took(String path) {
        var answer = node.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("Milepost-Moment").orElse("none");
    }

    @Test
    void a_question_takes_dates_as_a_record_does_and_means_their_last_day() {
        var plan = open(node, "asked");
        schedule(plan, "m", "2021-03");
        post(plan + "/milestones/m/met", "{'on':'2021-12-31'}");
        node.awaitProjections();
        for (var path : List.of(plan, plan + "/milestones/m", plan + "/timeline", "/api/plans", "/api/network")) {
            for (var on : List.of("2021", "2021-12", "2021-12-31")) {
                assertThat(took(path + "?on=" + on)).as(path).isEqualTo("on=2021-12-31; day=2021-12-31");
                assertThat(Node.json(node.get(path + "?on=" + on)))
                        .isEqualTo(Node.json(node.get(path + "?on=2021-12-31")));
            }
            assertThat(took(path)).isEqualTo("day=2026-11-27");
        }
        assertThat(node.read(plan + "/milestones/m?on=2021").path("status").asString())
                .isEqualTo("met");
        assertThat(took("/api/network?asOf=2026-10-20"))
                .as("to the end of that day where the network is")
                .isEqualTo("asOf=2026-10-20T16:59:59.999999Z; day=2026-10-20");
        assertThat(took("/api/network?asOf=2026-10")).isEqualTo("asOf=2026-10-31T16:59:59.999999Z; day=2026-10-31");
        assertThat(took("/api/plans?asOf=2025")).isEqualTo("asOf=2025-12-31T16:59:59.999999Z; day=2025-12-31");
        assertThat(Problem.of(node.get("/api/network?asOf=2100"))).isEqualTo(problem(422, "out-of-bounds", "asOf"));
    }

    @Test
    void so_do_series_and_comparisons() {
        var plan = open(node, "series");
        assertThat(node.read(plan + "/progress?from=2019&to=2020"))
                .isEqualTo(node.read(plan + "/progress?from=2019-01-01&to=2020-12-31"));
        var compared = node.read(plan + "/changes?from=2019&to=2020-06");
        assertThat(compared.path("from").path("day").asString()).isEqualTo("2019-12-31");
        assertThat(compared.path("to").path("day").asString()).isEqualTo("2020-06-30");
        assertThat(Problem.of(node.get(plan + "/changes?from=2019&asOf=2026-10")))
                .as("by what was known in October there was no plan")
                .isEqualTo(problem(404, "plan-unknown"));
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void a_validator_differs_where_the_body_does() {
        var plan = open(node, "validated");
        schedule(plan, "m", "2026-11-28");
        NOW.set(Instant.parse("2026-11-29T11:59:59Z"));
        var before = node.get(plan);
        assertThat(node.get(plan, "If-None-Match", etag(before)).statusCode()).isEqualTo(304);
        NOW.set(Instant.parse("2026-11-29T12:00:00Z"));
        var after = node.get(plan, "If-None-Match", etag(before));
        assertThat(after.statusCode()).as("across midnight").isEqualTo(200);
        assertThat(after.body()).isNotEqualTo(before.body());
        assertThat(etag(after)).isNotEqualTo(etag(before)).startsWith("\"2-");
        assertThat(node.get(plan, "If-None-Match", "\"2\"").statusCode())
                .as("a version is no validator of a body")
                .isEqualTo(200);
        for (var seen : List.of(etag(before), etag(after), "W/" + etag(after), "\"2\"")) {
            assertThat(node.post(plan + "/retractions", "{\"version\":99,\"reason\":\"none\"}", "If-Match", seen)
                            .statusCode())
                    .as("the same version, " + seen)
                    .isEqualTo(422);
        }
        post(plan + "/status", "{'status':'endorsed'}");
        for (var stale : List.of(etag(after), "\"2\"")) {
            assertThat(Problem.of(node.post(plan + "/status", "{\"status\":\"suspended\"}", "If-Match", stale)))
                    .isEqualTo(problem(412, "plan-changed-meanwhile"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csco-phuket", "auditor", "reader"})
    void whoever_asks_gets_304_only_for_the_body_they_would_get(String account) {
        var plan = open(node, "roles-" + account);
        schedule(plan, "m", "2026-11-28");
        var own = node.get(plan);
        var other = node.get(plan, "Authorization", node.bearer(account));
        assertThat(etag(own).equals(etag(other))).isEqualTo(own.body().equals(other.body()));
        assertThat(node.get(plan, "Authorization", node.bearer(account), "If-None-Match", etag(own))
                        .statusCode())
                .isEqualTo(own.body().equals(other.body()) ? 304 : 200);
    }

    @Test
    void days_late_are_told_of_what_is_open_of_plans_and_in_the_order_of_lists() {
        var plan = open(node, "days-late");
        schedule(plan, "late", "2026-10");
        schedule(plan, "ahead", "2026-12-27");
        schedule(plan, "met", "2024");
        post(plan + "/milestones/met/met", "{'on':'2024-06-01'}");
        var worse = open(node, "days-later");
        schedule(worse, "late", "2026-09");
        var none = open(node, "days-none");
        node.awaitProjections();
        assertThat(node.read(plan + "/milestones/late").path("daysLate").asInt())
                .isEqualTo(27);
        assertThat(node.read(plan + "/milestones/ahead").path("daysLate").asInt())
                .isEqualTo(-30);
        assertThat(node.read(plan + "/milestones/met").path("daysLate").isNull())
                .isTrue();
        assertThat(node.read(plan + "/milestones/late?on=2026-11-05")
                        .path("daysLate")
                        .asInt())
                .isEqualTo(5);
        assertThat(node.read(plan).path("indicators").path("daysLate").asInt()).isEqualTo(27);
        assertThat(node.read(none).path("indicators").path("daysLate").isNull()).isTrue();
        assertThat(node.scrape())
                .contains("milepost_plan_late_days{city=\"Lakeside\",country=\"Singapore\",plan=\"days-late\"} 27.0");
        for (var when : List.of("", "&on=2026-11-27")) {
            var listed = node.read("/api/plans?limit=200&sort=-daysLate" + when)
                    .path("items")
                    .valueStream()
                    .map(item -> item.path("plan").asString())
                    .toList();
            assertThat(listed).containsSubsequence("late-always", "days-later", "days-late", "days-none");
        }
        var changes = node.read(plan + "/changes?from=2026-11-20&to=2026-11-25");
        assertThat(changes.path("milestones").size())
                .as("a day more is no change")
                .isZero();
        var overdue = node.read(plan + "/changes?from=2026-10-31&to=2026-11-25")
                .path("milestones")
                .path(0);
        assertThat(overdue.path("id").asString()).isEqualTo("late");
        assertThat(overdue.path("daysLate").asInt()).isEqualTo(25);
    }
}
