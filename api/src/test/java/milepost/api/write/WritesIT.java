package milepost.api.write;

import static milepost.api.http.Edge.atOnce;
import static milepost.api.http.Edge.facts;
import static milepost.api.http.Edge.open;
import static milepost.api.http.Edge.version;
import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import milepost.api.Node;
import milepost.api.http.Edge;
import milepost.api.http.Problem;
import milepost.api.http.Today;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritesIT {
    private static Node node;

    /** Another on the same database: what one node settles by itself, two must settle by the log. */
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

    /** One write of the story: where, what, the fact it becomes, and where the new thing is. */
    private record Write(
            String path, String body, String fact, @Nullable String location) {
        static Write write(String path, String body, String fact) {
            return new Write("/api/plans/story" + path, body, fact, null);
        }

        static Write creation(String path, String body, String fact, String location) {
            return new Write("/api/plans/story" + path, body, fact, "/api/plans/story" + location);
        }
    }

    private static final List<Write> STORY = List.of(
            new Write("/api/plans", """
                    {"plan":"story","city":"Lakeside","country":"Singapore","countryCode":"SG","capital":true,
                     "populationDensity":4200.5,"gdpPerCapita":20000,"latitude":1.3,"longitude":103.8,
                     "from":"2018","to":"2025-06","on":"2018","title":"Plan","narrative":"…","basis":"inferred",
                     "organisations":[{"name":"City hall","countryCode":"SG","kind":"city"}],
                     "evidence":[{"url":"https://example.org/a","sha256":null},{"url":"document:ascn-me-report-2025"}]}""", "PlanOpened", "/api/plans/story"),
            Write.write("/status", "{\"status\":\"endorsed\",\"on\":\"2018-07-08\"}", "PlanStatusChanged"),
            Write.write(
                    "/status-reports",
                    "{\"health\":\"at-risk\",\"narrative\":\"slow\",\"on\":\"2019-05\"}",
                    "PlanStatusReported"),
            Write.creation(
                    "/officers",
                    "{\"officer\":\"somsri\",\"role\":\"csco\",\"name\":\"Somsri\",\"designation\":null,\"on\":\"2018\"}",
                    "OfficerAppointed",
                    ""),
            Write.write("/officers/somsri/relieve", "{\"on\":\"2020\",\"reason\":\"left\"}", "OfficerRelieved"),
            Write.creation(
                    "/projects",
                    "{\"project\":\"1\",\"title\":\"Buses\",\"focusAreas\":[\"built-infrastructure\"],\"on\":\"2018\"}",
                    "ProjectAdded",
                    "/projects/1"),
            Write.write("/projects/1/rename", "{\"title\":\"Trams\",\"on\":\"2019\"}", "ProjectRenamed"),
            Write.write("/projects/1/phase", "{\"phase\":\"preparation\",\"on\":\"2019\"}", "ProjectPhaseChanged"),
            Write.write(
                    "/projects/1/status-reports", "{\"health\":\"on-track\",\"on\":\"2019\"}", "ProjectStatusReported"),
            Write.creation("/milestones", """
                    {"milestone":"1-service","project":"1","title":"In service","due":"2020","weight":3,"on":"2018"}""", "MilestoneScheduled", "/milestones/1-service"),
            Write.write("/milestones/1-service/not-met", "{\"on\":\"2020-12-31\"}", "MilestoneNotMet"),
            Write.write(
                    "/milestones/1-service/reschedule",
                    "{\"due\":\"2022-06\",\"on\":\"2021\",\"reason\":\"tender\"}",
                    "MilestoneRescheduled"),
            Write.write(
                    "/milestones/1-service/reschedule", "{\"due\":null,\"on\":\"2022-01\"}", "MilestoneRescheduled"),
            Write.write(
                    "/milestones/1-service/partially-met",
                    "{\"share\":0.25,\"on\":\"2022-06\"}",
                    "MilestonePartiallyMet"),
            Write.write("/milestones/1-service/met", "{\"on\":\"2023-03-01\"}", "MilestoneMet"),
            Write.creation(
                    "/milestones",
                    "{\"milestone\":\"1-launch\",\"project\":\"1\",\"title\":\"Launch\",\"metOn\":\"2019-02\"}",
                    "MilestoneLogged",
                    "/milestones/1-launch"),
            Write.creation(
                    "/milestones",
                    "{\"milestone\":\"depot\",\"title\":\"Depot\",\"due\":null,\"on\":\"2019\"}",
                    "MilestoneScheduled",
                    "/milestones/depot"),
            Write.write("/milestones/depot/withdraw", "{\"on\":\"2020\",\"reason\":\"no site\"}", "MilestoneWithdrawn"),
            Write.creation("/partnerships", """
                    {"partnership":"lender","project":"1","title":"Loan","programme":"us-ascp","status":"proposed",
                     "amount":{"amount":12.50,"currency":"USD"},"organisations":[{"name":"Bank"}],"on":"2019"}""", "PartnershipRecorded", "/partnerships/lender"),
            Write.write(
                    "/partnerships/lender/status",
                    "{\"status\":\"active\",\"on\":\"2020\"}",
                    "PartnershipStatusChanged"),
            Write.write(
                    "/milestones/1-service/amend",
                    "{\"title\":\"Trams in service\",\"weight\":5,\"reason\":\"five lines\"}",
                    "MilestoneAmended"),
            Write.write("/partnerships/lender/amend", """
                    {"amount":{"amount":20,"currency":"USD"},"organisations":[{"name":"Fund"}],"on":"2021"}""", "PartnershipAmended"),
            Write.write("/retractions", "{\"version\":3,\"reason\":\"misread\"}", "FactRetracted"),
            Write.write("/projects/1/withdraw", "{\"on\":\"2024\",\"reason\":\"no budget\"}", "ProjectWithdrawn"),
            Write.write("/amend", "{\"to\":\"2026\",\"on\":\"2024\",\"reason\":\"prolonged\"}", "PlanAmended"));

    @Test
    void every_path_records_one_fact_once_and_answers_where_it_is_and_when_it_was_recorded() {
        var before = facts(node);
        for (var i = 0; i < STORY.size(); i++) {
            var write = STORY.get(i);
            var version = i + 1;

            var first = node.post(write.path(), write.body());
            assertThat(first.statusCode())
                    .as(write + ": " + first.body())
                    .isEqualTo(write.location() == null ? 200 : 201);
            assertThat(first.headers().firstValue("Location").orElse(null)).isEqualTo(write.location());
            assertReceipt(first, version, write.fact());

            var again = node.post(write.path(), write.body());
            assertThat(again.statusCode()).as(write.path() + " again").isEqualTo(200);
            assertThat(again.headers().firstValue("Location")).isEmpty();
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(facts(node) - before).isEqualTo(version);
        }
        node.awaitProjections();
        assertThat(STORY)
                .filteredOn(write -> write.location() != null)
                .allSatisfy(write -> assertThat(
                                node.get(String.valueOf(write.location())).statusCode())
                        .isEqualTo(200));
        var begun = node.read("/api/plans/story/milestones/1-service?on=2018-06-01");
        assertThat(begun.path("title").asString()).isEqualTo("Trams in service");
        assertThat(begun.path("weight").asInt()).isEqualTo(5);
        var lender = "/api/plans/story/partnerships/lender";
        assertThat(node.read(lender + "?on=2020-12-31").at("/amount/amount").asDouble())
                .isEqualTo(12.5);
        assertThat(node.read(lender).at("/amount/amount").asDouble()).isEqualTo(20);
        assertThat(node.read(lender).at("/organisations/0/name").asString()).isEqualTo("Fund");
    }

    @Test
    void an_amendment_says_what_it_amends_and_why_a_weight_changes() {
        var plan = open(node, "amended");
        node.post(plan + "/milestones", "{\"milestone\":\"m\",\"title\":\"M\",\"on\":\"2019\"}");
        var nothing = node.post(plan + "/milestones/m/amend", "{\"project\":null,\"reason\":\"none\"}");
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(Node.json(nothing).at("/errors/0/field").asString()).isEqualTo("title");
        var weight = node.post(plan + "/milestones/m/amend", "{\"weight\":2}");
        assertThat(weight.statusCode()).isEqualTo(422);
        assertThat(Node.json(weight).at("/errors/0/field").asString()).isEqualTo("reason");
    }

    private static void assertReceipt(HttpResponse<String> response, long version, String type) {
        var receipt = Node.json(response);
        assertThat(receipt.propertyNames())
                .containsExactlyElementsOf(
                        Set.of("PlanOpened", "PlanAmended").contains(type)
                                ? List.of("plan", "version", "at", "citySlug")
                                : List.of("plan", "version", "at"));
        assertThat(receipt.path("plan").asString()).isEqualTo("story");
        assertThat(receipt.path("version").asLong()).isEqualTo(version);
        assertThat(response.headers().firstValue("ETag")).hasValue("\"" + version + "\"");
        var fact = node.sql().sql("select type, at from event_log where stream = 'plan/story' and version = ?");
        fact.param(version).query(row -> {
            assertThat(row.getString("type")).isEqualTo(type);
            assertThat(row.getObject("at", OffsetDateTime.class).toInstant())
                    .isEqualTo(Instant.parse(receipt.path("at").asString()));
        });
    }

    @Test
    void a_plan_without_an_id_takes_the_slug_of_its_city_and_says_where_it_is() {
        var opened = node.post(
                "/api/plans", "{\"city\":\"Đà Nẵng (new)\",\"countryCode\":\"VN\",\"from\":\"2018\",\"to\":\"2025\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        var location = opened.headers().firstValue("Location").orElseThrow();
        node.awaitProjections();
        assertThat(node.read(location).path("city").asString()).isEqualTo("Đà Nẵng (new)");
    }

    @Test
    void texts_of_any_script_come_back_as_they_were_given() {
        var plan = open(node, "unicode");
        var title = "เมืองอัจฉริยะ “quoted” \\ 𝟚🚌 é́";
        var body = "{\"milestone\":\"m\",\"title\":\"%s\",\"narrative\":\"two\\nlines\\tand \\u2028more\"}"
                .formatted(title.replace("\\", "\\\\"));
        assertThat(node.post(plan + "/milestones", body).statusCode()).isEqualTo(201);
        node.awaitProjections();
        var read = node.read(plan + "/milestones/m");
        assertThat(read.path("title").asString()).isEqualTo(title);
        assertThat(read.path("narrative").asString()).isEqualTo("two\nlines\tand \u2028more");
        var payload = node.read(plan + "/history").path("items").path(1).path("payload");
        assertThat(payload.path("title").asString()).isEqualTo(title);
    }

    @Test
    void a_fact_without_a_day_is_of_today() {
        var plan = open(node, "todays");
        node.post(plan + "/status", "{\"status\":\"endorsed\"}");
        var payload = node.read(plan + "/history").path("items").path(1).path("payload");
        assertThat(payload.path("on").asString())
                .isEqualTo(node.bean(Today.class).or(null).toString());
    }

    @Test
    void a_stale_if_match_is_refused_before_any_rule_and_the_current_one_passes() {
        var plan = open(node, "matched");
        node.post(plan + "/status", "{\"status\":\"endorsed\"}");
        var before = facts(node);
        var stale = problem(412, "plan-changed-meanwhile");
        assertThat(Problem.of(node.post(plan + "/status", "{\"status\":\"suspended\"}", "If-Match", "\"1\"")))
                .isEqualTo(stale);
        assertThat(Problem.of(node.post(plan + "/milestones/none/met", "{}", "If-Match", "\"1\"")))
                .as("though there is no such milestone")
                .isEqualTo(stale);
        assertThat(Problem.of(node.post(plan + "/status", "{\"status\":\"endorsed\"}", "If-Match", "\"1\"")))
                .as("though it is so already")
                .isEqualTo(stale);
        assertThat(Problem.of(node.post(plan + "/status", "{\"status\":null}", "If-Match", "\"3\"")))
                .as("though a bound is broken")
                .isEqualTo(stale);
        assertThat(facts(node)).isEqualTo(before);

        var etag = node.post(plan + "/status", "{\"status\":\"suspended\"}", "If-Match", "\"2\"")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        assertThat(etag).isEqualTo("\"3\"");
        node.awaitProjections();
        assertThat(node.get(plan).headers().firstValue("ETag"))
                .hasValueSatisfying(read -> assertThat(read).startsWith("\"3-"));
        assertThat(node.post(plan + "/status", "{\"status\":\"closed\"}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_if_match_at_the_opening_of_a_plan_sees_that_there_is_none() {
        var body = "{\"plan\":\"expected\",\"city\":\"X\",\"countryCode\":\"SG\",\"from\":\"2018\",\"to\":\"2025\"}";
        assertThat(Problem.of(node.post("/api/plans", body, "If-Match", "\"1\"")))
                .isEqualTo(problem(412, "plan-changed-meanwhile"));
        assertThat(node.post("/api/plans", body, "If-Match", "\"0\"").statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "W/1",
                "\"1-\"",
                "\"1-x\"",
                "\"1\", \"2\"",
                "\"-1\"",
                "\"x\"",
                "\"\"",
                "\"9999999999999999999\"",
                "\"1"
            })
    void an_if_match_that_is_no_version_is_malformed(String header) {
        assertThat(Problem.of(
                        node.post("/api/plans/whichever/status", "{\"status\":\"endorsed\"}", "If-Match", header)))
                .isEqualTo(problem(400, "malformed", "If-Match"));
    }

    @Test
    void who_waits_reads_what_they_wrote() {
        var plan = open(node, "waiting");
        for (var i = 0; i < 25; i++) {
            var prefer = List.of("wait=10", "respond-async, wait=10", "wait=\"10\"; x", "WAIT=10")
                    .get(i % 3);
            var written = node.post(
                    plan + "/milestones", "{\"milestone\":\"m%s\",\"title\":\"M\"}".formatted(i), "Prefer", prefer);
            assertThat(written.headers().firstValue("Preference-Applied")).hasValue("wait");
            assertThat(node.read(plan).path("version").asLong()).isEqualTo(version(written));
            assertThat(node.read(plan + "/timeline?order=desc&limit=1")
                            .path("items")
                            .path(0)
                            .path("version")
                            .asLong())
                    .isEqualTo(version(written));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait",
                "wait=",
                "wait=-1",
                "wait=soon",
                "wait=99999999999999999999",
                "return=minimal",
                ";;,=",
                "await=5"
            })
    void an_absurd_preference_is_left_alone(String prefer) {
        var plan = "/api/plans/absurd";
        node.post(
                "/api/plans",
                "{\"plan\":\"absurd\",\"city\":\"X\",\"countryCode\":\"SG\",\"from\":\"2018\",\"to\":\"2025\",\"on\":\"2018\"}");
        var written = node.post(plan + "/status", "{\"status\":\"endorsed\",\"on\":\"2019\"}", "Prefer", prefer);
        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(written.headers().firstValue("Preference-Applied")).isEmpty();
    }

    @Test
    void a_wait_of_years_answers_once_the_rows_are_there() {
        var plan = open(node, "patient");
        var written = node.post(plan + "/status", "{\"status\":\"endorsed\"}", "Prefer", "wait=999999999");
        assertThat(written.headers().firstValue("Preference-Applied")).hasValue("wait");
    }

    @Test
    void writers_on_two_nodes_who_saw_no_version_all_succeed() {
        var plan = open(node, "busy");
        var versions = atOnce(
                        8,
                        writer -> IntStream.range(0, 10)
                                .mapToObj(i -> (writer % 2 == 0 ? node : other)
                                        .post(
                                                plan + "/milestones",
                                                "{\"milestone\":\"m-%s-%s\",\"title\":\"M\"}".formatted(writer, i)))
                                .peek(written -> assertThat(written.statusCode())
                                        .as(written.body())
                                        .isEqualTo(201))
                                .map(Edge::version)
                                .toList())
                .stream()
                .flatMap(List::stream)
                .sorted()
                .toList();
        assertThat(versions).isEqualTo(LongStream.rangeClosed(2, 81).boxed().toList());
        assertThat(node.sql()
                        .sql("select version from event_log where stream = 'plan/busy' order by position")
                        .query(Long.class)
                        .list())
                .isEqualTo(LongStream.rangeClosed(1, 81).boxed().toList());
        node.awaitProjections();
        assertThat(node.read(plan).path("milestones").size()).isEqualTo(80);
    }

    @Test
    void of_writers_on_two_nodes_who_saw_the_same_version_one_succeeds() {
        var plan = open(node, "contended");
        for (var round = 1; round <= 5; round++) {
            var seen = "\"" + round + "\"";
            var now = round;
            var statuses = atOnce(
                            12,
                            writer -> (writer % 2 == 0 ? node : other)
                                    .post(
                                            plan + "/milestones",
                                            "{\"milestone\":\"m-%s-%s\",\"title\":\"M\"}".formatted(now, writer),
                                            "If-Match",
                                            seen))
                    .stream()
                    .map(HttpResponse::statusCode)
                    .toList();
            assertThat(statuses).containsOnlyOnce(201).contains(412).containsOnly(201, 412);
        }
        assertThat(node.sql()
                        .sql("select max(version) from event_log where stream = 'plan/contended'")
                        .query(Long.class)
                        .single())
                .isEqualTo(6);
    }

    @Test
    void a_body_of_exactly_64_kib_is_taken_and_one_more_byte_is_not() {
        var plan = open(node, "heavy");
        var start = "{\"milestone\":\"heavy\",\"title\":\"Heavy\"";
        var most = start + " ".repeat(65_536 - start.length() - 1) + "}";
        assertThat(Problem.of(node.post(plan + "/milestones", most + " "))).isEqualTo(problem(413, "too-large"));
        assertThat(Problem.of(chunked(plan + "/milestones", most + " "))).isEqualTo(problem(413, "too-large"));
        assertThat(Problem.of(node.post(plan + "/milestones", "x".repeat(3_000_000))))
                .isEqualTo(problem(413, "too-large"));
        assertThat(version(node.post(plan + "/status", "{\"status\":\"endorsed\"}")))
                .isEqualTo(2);
        assertThat(chunked(plan + "/milestones", most).statusCode()).isEqualTo(201);
        assertThat(version(node.post(plan + "/milestones", most))).isEqualTo(3);
    }

    private static HttpResponse<String> chunked(String path, String body) {
        return node.send(node.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body))));
    }

    @Test
    void a_fact_too_long_for_its_line_is_refused_and_leaves_nothing() {
        var plan = open(node, "wide");
        var link = "{\"url\":\"https://example.org/%s\"}".formatted("a".repeat(1_900));
        var links = String.join(",", Collections.nCopies(33, link));
        var body = "{\"milestone\":\"wide\",\"title\":\"Wide\",\"evidence\":[%s],\"narrative\":\"%s\"}";
        var narrative = "n".repeat(65_530 - body.formatted(links, "").length());
        var before = facts(node);
        assertThat(Problem.of(
                        node.post(plan + "/milestones", body.formatted(links, narrative), "Idempotency-Key", "wide")))
                .isEqualTo(problem(413, "too-large"));
        assertThat(facts(node)).isEqualTo(before);
        assertThat(version(node.post(
                        plan + "/milestones",
                        body.formatted(link, narrative.substring(0, 900)),
                        "Idempotency-Key",
                        "wide")))
                .isEqualTo(2);
    }
}
