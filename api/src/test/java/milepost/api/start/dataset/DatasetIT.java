package milepost.api.start.dataset;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.api.http.Today;
import milepost.command.Framework;
import milepost.event.PlanId;
import milepost.log.Moment;
import milepost.log.store.History;
import milepost.query.plan.PlanRows;
import milepost.query.plan.store.Plans;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the import left, counted from the files themselves, by nothing but a CSV parser. */
class DatasetIT {
    private static final List<CSVRecord> CITIES = csv("cities.csv");
    private static final List<CSVRecord> PROJECTS = csv("projects.csv");
    private static final List<CSVRecord> REPRESENTATIVES = csv("representatives.csv");
    private static final List<CSVRecord> RECORDS = csv("records.csv");

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.withDataset();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<CSVRecord> csv(String file) {
        try (var in = Objects.requireNonNull(DatasetIT.class.getResourceAsStream("/ascn/" + file));
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)
                    .getRecords();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> cities() {
        return CITIES.stream().map(row -> row.get("city")).toList();
    }

    private static List<CSVRecord> recordsOf(String city) {
        return RECORDS.stream().filter(row -> row.get("city").equals(city)).toList();
    }

    private static String id(CSVRecord row) {
        return row.get("project").isEmpty() ? row.get("key") : row.get("project") + "-" + row.get("key");
    }

    private static JsonNode plan(String city) {
        return node.read("/api/plans/" + city);
    }

    private static List<JsonNode> timeline(String city) {
        return node.read("/api/plans/" + city + "/timeline?limit=200")
                .path("items")
                .valueStream()
                .toList();
    }

    private static Map<String, Long> nonZero(JsonNode counts) {
        var map = new TreeMap<String, Long>();
        counts.propertyStream()
                .filter(count -> count.getValue().asLong() > 0)
                .forEach(count -> map.put(count.getKey(), count.getValue().asLong()));
        return map;
    }

    private static <T> Map<T, Long> counted(Stream<T> values) {
        return new TreeMap<>(values.collect(groupingBy(Function.identity(), counting())));
    }

    @Test
    void there_are_26_plans_of_the_cities_as_printed() {
        assertThat(cities()).hasSize(26).doesNotHaveDuplicates();
        assertThat(node.read("/api/plans?limit=200").path("items").size()).isEqualTo(26);
        for (var row : CITIES) {
            var plan = plan(row.get("city"));
            assertThat(plan.path("city").asString()).isEqualTo(row.get("name"));
            assertThat(plan.path("country").asString()).isEqualTo(row.get("country"));
            assertThat(plan.path("countryCode").asString()).isEqualTo(row.get("country_code"));
            assertThat(plan.path("capital").asString()).isEqualTo(row.get("capital"));
            assertThat(plan.path("populationDensity").asDouble())
                    .isEqualTo(Double.parseDouble(row.get("population_density_per_km2")));
            assertThat(plan.path("gdpPerCapita").asDouble())
                    .isEqualTo(Double.parseDouble(row.get("country_gdp_per_capita_usd_2016")));
            assertThat(plan.path("latitude").asDouble()).isEqualTo(Double.parseDouble(row.get("latitude")));
            assertThat(plan.path("longitude").asDouble()).isEqualTo(Double.parseDouble(row.get("longitude")));
            assertThat(plan.path("from").asString() + plan.path("to").asString())
                    .isEqualTo("20182025");
            assertThat(plan.path("status").asString()).isEqualTo("endorsed");
        }
    }

    @Test
    void there_are_50_projects_with_their_titles_areas_and_misprints() {
        assertThat(PROJECTS).hasSize(50);
        var found = 0;
        for (var city : cities()) {
            var expected = PROJECTS.stream()
                    .filter(row -> row.get("city").equals(city))
                    .map(row -> row.get("project") + " " + row.get("title") + " "
                            + Arrays.asList(row.get("focus_areas").split(";")))
                    .toList();
            var projects = plan(city).path("projects");
            assertThat(projects.valueStream()
                            .map(project -> project.path("project").asString() + " "
                                    + project.path("title").asString() + " "
                                    + project.path("focusAreas")
                                            .valueStream()
                                            .map(JsonNode::asString)
                                            .toList()))
                    .as(city)
                    .containsExactlyInAnyOrderElementsOf(expected);
            found += projects.size();
        }
        assertThat(found).isEqualTo(50);
        for (var row : PROJECTS) {
            var printed = row.get("title_as_printed");
            if (!printed.isEmpty() && !printed.equals(row.get("title"))) {
                assertThat(node.read("/api/plans/" + row.get("city") + "/projects/" + row.get("project"))
                                .path("narrative")
                                .asString())
                        .contains(printed);
            }
        }
    }

    @Test
    void milestones_are_as_many_in_each_status_as_the_last_row_of_each_says() {
        for (var city : cities()) {
            var last = new LinkedHashMap<String, String>();
            for (var row : recordsOf(city)) {
                switch (row.get("record")) {
                    case "milestone-scheduled", "milestone-rescheduled" -> last.put(id(row), "scheduled");
                    case "milestone-met" -> last.put(id(row), "met");
                    case "milestone-not-met" -> last.put(id(row), "notMet");
                    default -> {}
                }
            }
            var plan = plan(city);
            assertThat(nonZero(plan.path("indicators").path("milestones")))
                    .as(city)
                    .isEqualTo(counted(last.values().stream()));
            assertThat(plan.path("milestones")
                            .valueStream()
                            .map(milestone -> milestone.path("milestone").asString() + "="
                                    + milestone.path("status").asString()))
                    .as(city)
                    .containsExactlyInAnyOrderElementsOf(last.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList());
        }
    }

    @Test
    void partnerships_are_as_many_in_each_status_as_there_are_rows() {
        for (var city : cities()) {
            var rows = recordsOf(city).stream()
                    .filter(row -> row.get("record").equals("partnership"))
                    .toList();
            var plan = plan(city);
            assertThat(nonZero(plan.path("indicators").path("partnerships")))
                    .as(city)
                    .isEqualTo(counted(rows.stream().map(row -> row.get("status"))));
            assertThat(plan.path("partnerships")
                            .valueStream()
                            .map(p -> List.of(
                                    p.path("partnership").asString(),
                                    p.path("title").asString(),
                                    p.path("programme").asString(""),
                                    p.path("organisations")
                                            .valueStream()
                                            .map(o -> o.path("name").asString())
                                            .toList()
                                            .toString())))
                    .as(city)
                    .containsExactlyInAnyOrderElementsOf(rows.stream()
                            .map(row -> List.of(
                                    id(row),
                                    row.get("title"),
                                    row.get("programme"),
                                    Arrays.asList(row.get("organisations").split("; "))
                                            .toString()))
                            .toList());
        }
    }

    @Test
    void a_timeline_is_as_long_as_opening_projects_officers_and_records_together() {
        assertThat(RECORDS).hasSize(244);
        for (var city : cities()) {
            var projects = PROJECTS.stream().filter(row -> row.get("city").equals(city));
            assertThat(timeline(city))
                    .as(city)
                    .hasSize(1
                            + (int) projects.count()
                            + officers(city).size()
                            + recordsOf(city).size());
        }
    }

    /** Every claim as the files make it: when, what, where, how it is known, who was involved. */
    @Test
    void every_records_claim_stands_in_the_timeline_with_its_evidence_and_basis() {
        for (var city : cities()) {
            var scheduled = new HashSet<String>();
            var expected = new ArrayList<List<String>>();
            for (var row : recordsOf(city)) {
                if (row.get("record").equals("milestone-scheduled")) scheduled.add(id(row));
                expected.add(List.of(
                        kind(row, scheduled),
                        row.get("occurred_on"),
                        row.get("evidence").isEmpty() ? "[]" : "[" + row.get("evidence") + "]",
                        row.get("basis"),
                        row.get("narrative"),
                        Arrays.stream(row.get("organisations").split("; "))
                                .filter(name -> !name.isEmpty())
                                .toList()
                                .toString()));
            }
            var recorded = timeline(city).stream()
                    .filter(entry -> !List.of("PlanOpened", "ProjectAdded", "OfficerAppointed")
                            .contains(entry.path("kind").asString()))
                    .map(entry -> List.of(
                            entry.path("kind").asString(),
                            entry.path("on").asString(),
                            entry.path("evidence")
                                    .valueStream()
                                    .map(link -> link.path("url").asString())
                                    .toList()
                                    .toString(),
                            entry.path("basis").asString(),
                            entry.path("narrative").asString(""),
                            entry.path("organisations")
                                    .valueStream()
                                    .map(o -> o.path("name").asString())
                                    .toList()
                                    .toString()));
            assertThat(recorded).as(city).containsExactlyInAnyOrderElementsOf(expected);
            var texts = timeline(city).stream()
                    .map(entry -> entry.path("text").asString())
                    .toList();
            assertThat(recordsOf(city))
                    .allSatisfy(row -> assertThat(texts).anyMatch(text -> text.contains(row.get("title"))));
        }
    }

    private static String kind(CSVRecord row, Set<String> scheduled) {
        return switch (row.get("record")) {
            case "plan-endorsed" -> "PlanStatusChanged";
            case "status-report" -> row.get("project").isEmpty() ? "PlanStatusReported" : "ProjectStatusReported";
            case "milestone-scheduled" -> "MilestoneScheduled";
            case "milestone-rescheduled" -> "MilestoneRescheduled";
            case "milestone-met" -> scheduled.contains(id(row)) ? "MilestoneMet" : "MilestoneLogged";
            case "milestone-not-met" -> "MilestoneNotMet";
            case "partnership" -> "PartnershipRecorded";
            default -> throw new AssertionError(row);
        };
    }

    /** Roles and names of a plan's officers, as the representatives' file has them. */
    private static List<String> officers(String city) {
        var country = CITIES.stream()
                .filter(row -> row.get("city").equals(city))
                .findFirst()
                .orElseThrow()
                .get("country");
        return REPRESENTATIVES.stream()
                .filter(row -> !row.get("name").equals("N/A"))
                .filter(row -> row.get("city").equals(city)
                        || (row.get("role").equals("NR") && row.get("country").equals(country)))
                .map(row -> (row.get("role").equals("NR") ? "national-representative " : "csco ") + row.get("name"))
                .toList();
    }

    private static List<String> inOffice(String city, String role) {
        return plan(city)
                .path("officers")
                .valueStream()
                .filter(officer -> officer.path("role").asString().equals(role))
                .map(officer -> officer.path("name").asString())
                .toList();
    }

    @Test
    void officers_are_in_office_as_printed() {
        for (var city : cities()) {
            assertThat(plan(city)
                            .path("officers")
                            .valueStream()
                            .map(o -> o.path("role").asString() + " "
                                    + o.path("name").asString()))
                    .as(city)
                    .containsExactlyInAnyOrderElementsOf(officers(city));
        }
        assertThat(inOffice("manila", "csco")).isEmpty();
        assertThat(inOffice("johor-bahru", "csco")).hasSize(2);
        for (var city : List.of("bangkok", "chonburi", "phuket"))
            assertThat(inOffice(city, "national-representative"))
                    .containsExactlyInAnyOrder("Ajarin Pattanapanchai", "Chaiwat Thongkamkoon");
        for (var city : List.of("mandalay", "nay-pyi-taw", "yangon")) {
            assertThat(inOffice(city, "national-representative")).isEmpty();
            assertThat(inOffice(city, "csco")).hasSize(1);
        }
    }

    private static List<String> story(String city, String milestone) {
        return timeline(city).stream()
                .filter(entry -> entry.path("milestone").asString("").equals(milestone))
                .map(entry ->
                        entry.path("kind").asString() + " " + entry.path("on").asString())
                .toList();
    }

    @Test
    void vientianes_buses_were_missed_twice_moved_four_times_and_are_overdue() {
        var brt = node.read("/api/plans/vientiane/milestones/2-brt-service");
        assertThat(brt.path("status").asString()).isEqualTo("scheduled");
        assertThat(brt.path("baseline").asString()).isEqualTo("2018");
        assertThat(brt.path("due").asString()).isEqualTo("2025-12");
        assertThat(brt.path("slippageDays").asInt()).isEqualTo(7 * 365 + 2);
        assertThat(brt.path("overdue").asBoolean()).isTrue();
        assertThat(story("vientiane", "2-brt-service"))
                .containsExactly(
                        "MilestoneScheduled 2018-07-08",
                        "MilestoneNotMet 2018-12",
                        "MilestoneRescheduled 2019",
                        "MilestoneNotMet 2022",
                        "MilestoneRescheduled 2024",
                        "MilestoneRescheduled 2024-11",
                        "MilestoneRescheduled 2025-07-12");
        var then = node.read("/api/plans/vientiane/milestones/2-brt-service?on=2021-06-30");
        assertThat(then.path("due").asString()).isEqualTo("2022");
        assertThat(then.path("overdue").asBoolean()).isFalse();
        assertThat(node.read("/api/plans/vientiane/milestones/2-brt-service?on=2018-12-31")
                        .path("status")
                        .asString())
                .isEqualTo("notMet");
    }

    @Test
    void cebu_citys_inauguration_is_postponed_with_no_date() {
        var inauguration = node.read("/api/plans/cebu-city/milestones/2-inauguration");
        assertThat(inauguration.path("status").asString()).isEqualTo("scheduled");
        assertThat(inauguration.path("baseline").asString()).isEqualTo("2025-11-05");
        assertThat(inauguration.path("due").isNull()).isTrue();
        assertThat(inauguration.path("slippageDays").isNull()).isTrue();
        assertThat(inauguration.path("overdue").asBoolean()).isFalse();
    }

    @Test
    void bangkoks_station_opened_within_the_year_it_was_first_due() {
        var opening = node.read("/api/plans/bangkok/milestones/1-station-opening");
        assertThat(opening.path("status").asString()).isEqualTo("met");
        assertThat(opening.path("baseline").asString()).isEqualTo("2021");
        assertThat(opening.path("metOn").asString()).isEqualTo("2021-08-02");
        assertThat(opening.path("slippageDays").asInt()).isNegative();
    }

    @Test
    void the_live_rows_of_every_plan_equal_its_replay() {
        var plans = node.bean(Plans.class);
        var history = node.bean(History.class);
        var today = node.bean(Today.class).day();
        for (var city : cities()) {
            var id = new PlanId(city);
            var live = plans.at(Moment.NOW, id).orElseThrow();
            assertThat(PlanRows.of(history.of(id, Moment.NOW).orElseThrow()))
                    .as(city)
                    .hasValue(live);
            assertThat(plans.at(new Moment(null, null, today), id)).as(city).hasValue(live);
            assertThat(plans.at(new Moment(null, live.plan().version(), null), id))
                    .as(city)
                    .hasValue(live);
            assertThat(plans.at(new Moment(live.plan().at(), null, null), id))
                    .as(city)
                    .hasValue(live);
        }
    }

    @Test
    void focus_areas_are_those_of_the_framework() throws IOException {
        try (var in = Objects.requireNonNull(DatasetIT.class.getResourceAsStream("/ascn/framework.json"))) {
            var codes = JsonMapper.shared()
                    .readTree(in)
                    .path("focus_areas")
                    .valueStream()
                    .map(area -> area.path("code").asString())
                    .toList();
            assertThat(Framework.FOCUS_AREAS).containsExactlyInAnyOrderElementsOf(codes);
        }
    }

    @Test
    void facts_are_recorded_by_the_import_under_keys_of_their_rows() {
        assertThat(node.read("/api/plans/phuket/timeline").path("items").valueStream())
                .allMatch(entry -> entry.path("by").path("subject").asString().equals("dataset-import"));
        assertThat(node.sql()
                        .sql("select count(distinct (stream, idempotency_key)) = count(*) from event_log"
                                + " where stream like 'plan/%'")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    /** What was recorded, without what differs between two imports. */
    private static List<String> content(Node node) {
        return node.sql()
                .sql("select concat_ws(' ', stream, version, type, idempotency_key, payload) from event_log"
                        + " where stream like 'plan/%' order by stream, version")
                .query(String.class)
                .list();
    }

    @Test
    void a_second_node_on_the_same_database_imports_nothing_twice() {
        var before = lines(node);
        try (var second = Node.on(node.database())) {
            assertThat(lines(second)).isEqualTo(before);
            assertThat(second.read("/api/plans/vientiane")).isEqualTo(plan("vientiane"));
        }
    }

    private static List<String> lines(Node node) {
        return node.sql()
                .sql("select encode(line, 'hex') from event_log where stream like 'plan/%' order by position")
                .query(String.class)
                .list();
    }

    @Test
    void an_import_that_stopped_half_way_goes_on_at_the_next_start() {
        var database = TestServer.createDatabase();
        Node.on(database, "milepost.dataset=none").close();
        var facts = node.sql().sql("""
                        select json_build_array(event_id, stream, version, type, payload, metadata, idempotency_key,
                                                request_hash)::text
                        from event_log where stream like 'plan/%' order by position limit 200""").query(String.class).list();
        for (var fact : facts) {
            JdbcClient.create(database).sql("""
                    insert into event_log (event_id, stream, version, type, payload, metadata, idempotency_key,
                                           request_hash)
                    select f->>0, f->>1, (f->>2)::bigint, f->>3, f->>4, f->>5, f->>6, f->>7
                    from (select cast(? as json)) as given (f)""").param(fact).update();
        }
        try (var resumed = Node.on(database)) {
            assertThat(content(resumed)).isEqualTo(content(node));
            resumed.awaitProjections();
            assertThat(resumed.read("/api/network").path("total"))
                    .isEqualTo(node.read("/api/network").path("total"));
        }
    }

    @Test
    void two_nodes_that_start_at_once_on_an_empty_database_import_everything_once() throws Exception {
        var database = TestServer.createDatabase();
        Callable<Node> start = () -> Node.on(database);
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE); // it is the JVM's, and bears one start
        try (var starts = Executors.newFixedThreadPool(2)) {
            var nodes = starts.invokeAll(List.of(start, start));
            try (var one = nodes.getFirst().get();
                    var other = nodes.getLast().get()) {
                assertThat(content(one)).isEqualTo(content(node));
                other.awaitProjections();
                assertThat(other.read("/api/plans?limit=200").path("items").size())
                        .isEqualTo(26);
            }
        } finally {
            System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
        }
    }
}
