package milepost.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.api.http.Problem;
import milepost.api.http.Today;
import milepost.command.Framework;
import milepost.event.PartialDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists, pages, filters and orders, on the 26 cities. */
class ReadsIT {
    private static Node node;
    private static List<JsonNode> plans;

    @BeforeAll
    static void start() {
        node = Node.on(TestServer.createTurkishDatabase());
        node.awaitProjections();
        plans = node.read("/api/plans?limit=200").path("items").valueStream().toList();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<JsonNode> pages(String first) {
        var items = new ArrayList<JsonNode>();
        for (var path = first; !path.isEmpty(); ) {
            var page = node.read(path);
            page.path("items").forEach(items::add);
            path = page.path("next").asString("");
            assertThat(items.size()).as("pages that do not end").isLessThan(1_000);
        }
        return items;
    }

    private static List<String> ids(Stream<JsonNode> plans) {
        return plans.map(plan -> plan.path("plan").asString()).toList();
    }

    private static List<String> ids(String path) {
        return ids(pages(path).stream());
    }

    private static List<String> ids(Predicate<JsonNode> filter) {
        return ids(plans.stream().filter(filter));
    }

    @Test
    void the_list_is_of_all_plans_by_id_with_their_indicators_and_nothing_after() {
        var listed = pages("/api/plans");
        assertThat(listed).hasSize(26);
        assertThat(ids(listed.stream())).isSorted();
        assertThat(listed).allSatisfy(plan -> {
            var whole = node.read("/api/plans/" + plan.path("plan").asString());
            assertThat(plan.path("indicators")).isEqualTo(whole.path("indicators"));
            assertThat(whole.propertyNames()).containsAll(plan.propertyNames());
            assertThat(plan.has("milestones")).isFalse();
        });
        assertThat(node.read("/api/plans").path("next").isNull()).isTrue();
    }

    static Stream<String> orders() {
        return Stream.of("plan", "city", "country", "progress", "overdue").flatMap(key -> Stream.of(key, "-" + key));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void each_order_is_total_and_its_pages_hold_each_plan_once(String sort) {
        var whole = ids(pages("/api/plans?limit=200&sort=" + sort).stream());
        assertThat(whole).containsExactlyInAnyOrderElementsOf(ids(plans.stream()));
        for (var limit : List.of(1, 7, 25, 26)) {
            assertThat(ids("/api/plans?limit=" + limit + "&sort=" + sort)).isEqualTo(whole);
        }
        assertThat(pages("/api/plans?sort=" + sort)).isSortedAccordingTo(order(sort));
    }

    /** By the value as answered, then by id; a plan without progress stands below 0. */
    private static Comparator<JsonNode> order(String sort) {
        var descending = sort.startsWith("-");
        var key = descending ? sort.substring(1) : sort;
        Comparator<JsonNode> byValue = switch (key) {
            case "progress" ->
                Comparator.comparing(
                        plan -> plan.path("indicators").path("progress").asDouble(-1));
            case "overdue" ->
                Comparator.comparing(
                        plan -> plan.path("indicators").path("overdue").asInt());
            default -> Comparator.comparing(plan -> plan.path(key).asString());
        };
        var order = byValue.thenComparing(plan -> plan.path("plan").asString());
        return descending ? order.reversed() : order;
    }

    /** This database has small letters among the capital ones, and the order by bytes has them behind. */
    @ParameterizedTest
    @ValueSource(strings = {"city", "country"})
    void the_order_is_not_the_databases_own(String sort) {
        var first = ids("/api/plans?sort=" + sort).getFirst();
        var name = node.sql()
                .sql("select %s from plan where plan = ?".formatted(sort))
                .param(first)
                .query(String.class)
                .single();
        var rename = "update plan set %s = ? where plan = ?".formatted(sort);
        node.sql().sql(rename).params(name.toLowerCase(Locale.ROOT), first).update();
        try {
            assertThat(ids("/api/plans?limit=7&sort=" + sort))
                    .hasSize(26)
                    .last()
                    .isEqualTo(first);
        } finally {
            node.sql().sql(rename).params(name, first).update();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "-progress"})
    void a_write_between_pages_loses_and_doubles_nobody_else(String sort) {
        var first = node.read("/api/plans?limit=5&sort=" + sort);
        var seen = new ArrayList<>(ids(first.path("items").valueStream()));
        var written = "mandalay";
        node.post(
                "/api/plans/" + written + "/milestones",
                "{\"milestone\":\"between%s\",\"title\":\"B\",\"metOn\":\"2020\"}".formatted(sort),
                "Prefer",
                "wait=10");
        seen.addAll(ids(first.path("next").asString()));
        var others = new ArrayList<>(seen);
        others.removeIf(written::equals);
        assertThat(others).doesNotHaveDuplicates().hasSize(25);
        assertThat(new HashSet<>(seen)).hasSizeBetween(25, 26);
    }

    @Test
    void the_next_link_keeps_the_filters() {
        var page = node.read("/api/plans?country=Viet%20Nam&limit=2&sort=-city");
        assertThat(page.path("items").size()).isEqualTo(2);
        var rest = node.read(page.path("next").asString());
        assertThat(ids(rest.path("items").valueStream())).containsExactly("da-nang");
        assertThat(rest.path("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "TH, Thailand",
        "id, Indonesia",
        "INDONESIA, Indonesia",
        "viet%20nam, Viet Nam",
        "th, Thailand",
        "Thailand, Thailand",
        "tHAILAND, Thailand",
        "Lao%20PDR, Lao PDR",
        "BN, Brunei Darussalam"
    })
    void country_filters_by_code_and_by_name(String asked, String country) {
        assertThat(ids("/api/plans?country=" + asked))
                .isNotEmpty()
                .isEqualTo(ids(plan -> plan.path("country").asString().equals(country)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "", "%25", "_H", "Thai", "TH'--"})
    void a_country_without_plans_has_none(String asked) {
        assertThat(ids("/api/plans?country=" + asked)).isEmpty();
    }

    @Test
    void focus_area_filters_by_the_areas_of_projects() {
        for (var area : Framework.FOCUS_AREAS) {
            var expected =
                    ids(plan -> node.read("/api/plans/" + plan.path("plan").asString())
                            .path("projects")
                            .valueStream()
                            .flatMap(project -> project.path("focusAreas").valueStream())
                            .anyMatch(code -> code.asString().equals(area)));
            assertThat(ids("/api/plans?focusArea=" + area)).isNotEmpty().isEqualTo(expected);
        }
    }

    @Test
    void status_and_overdue_filter_and_compose() {
        assertThat(ids("/api/plans?status=endorsed")).isEqualTo(ids(plan -> true));
        assertThat(ids("/api/plans?status=suspended")).isEmpty();
        Predicate<JsonNode> overdue =
                plan -> plan.path("indicators").path("overdue").asInt() > 0;
        assertThat(ids("/api/plans?overdue=true")).isNotEmpty().isEqualTo(ids(overdue));
        assertThat(ids("/api/plans?overdue=false")).isNotEmpty().isEqualTo(ids(overdue.negate()));
        assertThat(ids("/api/plans?overdue=true&country=VN&status=endorsed&limit=1"))
                .isEqualTo(ids(
                        overdue.and(plan -> plan.path("countryCode").asString().equals("VN"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&on=2022-06-30", "&version=10"})
    void a_timeline_is_listed_by_first_day_then_version_in_both_orders_and_any_pages(String moment) {
        var whole = pages("/api/plans/vientiane/timeline?limit=200" + moment);
        assertThat(whole).hasSizeGreaterThan(5).isSortedAccordingTo(BY_DAY);
        for (var limit : List.of(1, 4, 50)) {
            assertThat(pages("/api/plans/vientiane/timeline?order=asc&limit=" + limit + moment))
                    .isEqualTo(whole);
            assertThat(pages("/api/plans/vientiane/timeline?order=desc&limit=" + limit + moment))
                    .isEqualTo(whole.reversed());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&country=viet%20nam",
                "&country=th",
                "&country=id",
                "&country=PHILIPPINES",
                "&focusArea=built-infrastructure",
                "&status=endorsed",
                "&status=draft",
                "&overdue=true",
                "&overdue=false&sort=-overdue",
                "&sort=-plan",
                "&sort=city",
                "&sort=-country",
                "&sort=progress",
                "&sort=-progress",
                "&sort=overdue"
            })
    void a_list_of_today_is_the_live_one_whatever_is_asked(String query) {
        var today = node.bean(Today.class).day();
        var live = pages("/api/plans?limit=9" + query);
        assertThat(pages("/api/plans?limit=9&on=" + today + query)).isEqualTo(live);
        assertThat(pages("/api/plans?limit=4&on=" + today + query)).isEqualTo(live);
    }

    @Test
    void a_list_of_then_shows_each_plan_as_it_was_read_then() {
        var then = pages("/api/plans?limit=10&on=2021-06-30");
        assertThat(then).hasSize(26);
        assertThat(then)
                .allSatisfy(plan -> assertThat(plan.path("indicators"))
                        .isEqualTo(node.read("/api/plans/" + plan.path("plan").asString() + "?on=2021-06-30")
                                .path("indicators")));
        assertThat(ids("/api/plans?on=2018-06-30&status=draft")).hasSize(26);
        assertThat(ids("/api/plans?on=2017-12-31")).isEmpty();
        assertThat(ids("/api/plans?asOf=2000-01-01T00:00:00Z")).isEmpty();
        assertThat(node.read("/api/network?asOf=2000-01-01T00:00:00Z")
                        .path("cities")
                        .size())
                .isZero();
    }

    private static final Comparator<JsonNode> BY_DAY = Comparator.comparing(ReadsIT::firstDay)
            .thenComparing(entry -> entry.path("version").asLong());

    private static LocalDate firstDay(JsonNode entry) {
        return new PartialDate(entry.path("on").asString()).earliest();
    }

    @Test
    void the_network_adds_up_its_cities_now_and_then() {
        for (var path : List.of("/api/network", "/api/network?on=2021-06-30")) {
            var network = node.read(path);
            var total = network.path("total");
            assertThat(network.path("cities").size()).isEqualTo(26);
            assertThat(total.path("plans").asInt()).isEqualTo(26);
            for (var number : List.of("overdue", "earnedValue", "plannedValue")) {
                assertThat(network.path("cities")
                                .valueStream()
                                .mapToDouble(city ->
                                        city.path("indicators").path(number).asDouble())
                                .sum())
                        .as(number)
                        .isEqualTo(total.path("indicators").path(number).asDouble());
            }
            assertThat(network.path("countries")
                            .valueStream()
                            .mapToInt(country -> country.path("plans").asInt())
                            .sum())
                    .isEqualTo(26);
            assertThat(network.path("typologies")
                            .valueStream()
                            .mapToInt(typology -> typology.path("plans").asInt())
                            .sum())
                    .isEqualTo(26);
        }
        assertThat(node.read("/api/network?on=2021-06-30")
                        .path("cities")
                        .valueStream()
                        .filter(city -> city.path("plan").asString().equals("phuket"))
                        .findFirst()
                        .orElseThrow()
                        .path("indicators"))
                .isEqualTo(node.read("/api/plans/phuket?on=2021-06-30").path("indicators"));
    }

    @ParameterizedTest
    @CsvSource({
        "PHUKET, phuket",
        "phuket thailand, phuket",
        "Thailand Phuket, phuket",
        "h%C3%A0 n%E1%BB%99i, ha-noi",
        "ha%CC%80 noi, ha-noi",
        "%C4%90a nang, da-nang",
        "da-nang, da-nang",
        "MANILA, manila",
        "man%C4%B1la, manila",
        "PH%C3%9CKET, phuket"
    })
    void a_plan_is_found_by_its_words_however_they_are_written(String words, String plan) {
        var query = "q=" + words.replace(" ", "%20");
        assertThat(ids("/api/plans?" + query)).containsExactly(plan);
        assertThat(ids("/api/plans?on=" + node.bean(Today.class).day() + "&" + query))
                .containsExactly(plan);
    }

    @Test
    void a_search_finds_all_that_have_each_word_and_goes_on_in_pages() {
        var vietnamese = ids(plan -> plan.path("country").asString().equals("Viet Nam"));
        assertThat(vietnamese).hasSizeGreaterThan(1);
        assertThat(ids("/api/plans?limit=1&q=viet%20nam")).isEqualTo(vietnamese);
        assertThat(ids("/api/plans?q=viet&country=TH")).isEmpty();
        assertThat(ids("/api/plans?limit=7&q=")).hasSize(26);
        assertThat(ids("/api/plans?q=%20")).hasSize(26);
        for (var nothing : List.of("zzz", "%25", "_", "%5C", "'", "a".repeat(200)))
            assertThat(ids("/api/plans?q=" + nothing)).as(nothing).isEmpty();
        var longer = Problem.of(node.get("/api/plans?q=" + "a".repeat(201)));
        assertThat(longer).isEqualTo(Problem.problem(422, "out-of-bounds", "q"));
    }

    @Test
    void the_networks_own_documents_can_be_read() {
        assertThat(node.read("/api/cities").path("items").size()).isEqualTo(26);
        assertThat(node.read("/api/documents").path("items").size()).isEqualTo(12);
        assertThat(node.read("/api/network/timeline").path("items").size()).isEqualTo(31);
        assertThat(node.read("/api/framework").path("focus_areas").size()).isEqualTo(6);
    }
}
