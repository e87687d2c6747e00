package milepost.ops;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import milepost.ops.Dashboard.Panel;
import milepost.ops.Dashboard.VariableQuery;
import milepost.query.metric.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The form of Grafana's dashboards; that each panel shows something is PrometheusHistoryIT's. */
class DashboardTest {
    private static final int COLUMNS = 24;
    private static final List<Dashboard> ALL = Dashboard.all();
    private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)");
    private static final Pattern PASSED_ON = Pattern.compile("(?:var-(\\w+)=|\\$\\{(\\w+):queryparam})");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");
    private static final Pattern OURS = Pattern.compile("(?:milepost_|plan:|network:).+");
    private static final Pattern SINCE_2018 =
            Pattern.compile("last_over_time\\((?:plan|network):\\w+(?:\\{(?:\\$\\{[^}]*}|[^}])*})?\\[32d]\\)");

    @Test
    void there_are_network_city_and_system() {
        assertThat(ALL).extracting(Dashboard::name).containsExactly("city.json", "network.json", "system.json");
        assertThat(ALL)
                .extracting(Dashboard::uid)
                .containsExactly("milepost-city", "milepost-network", "milepost-system");
    }

    @Test
    void each_panel_says_what_it_is_in_what_unit_when_to_worry_and_what_absence_means() {
        for (var panel : panels()) {
            var defaults = panel.json().at("/fieldConfig/defaults");
            assertThat(panel.title()).isNotBlank();
            assertThat(panel.description())
                    .as("description of %s", panel)
                    .hasSizeGreaterThan(40)
                    .endsWith(".");
            assertThat(defaults.path("unit").asString(""))
                    .as("unit of %s", panel)
                    .isNotBlank();
            assertThat(defaults.path("noValue").asString(""))
                    .as("noValue of %s", panel)
                    .isNotBlank();
            var steps = defaults.at("/thresholds/steps").valueStream().toList();
            assertThat(steps).as("thresholds of %s", panel).isNotEmpty();
            assertThat(steps.getFirst().path("value").isNull())
                    .as("base threshold of %s", panel)
                    .isTrue();
            assertThat(steps.stream().skip(1).map(step -> step.path("value").asDouble()))
                    .as("thresholds of %s", panel)
                    .isSorted();
            assertThat(panel.json().at("/datasource/uid").asString(""))
                    .as("%s", panel)
                    .isEqualTo("${datasource}");
            assertThat(panel.queries()).as("queries of %s", panel).isNotEmpty();
            for (var query : panel.queries()) {
                assertThat(query.path("expr").asString("")).as("%s", panel).isNotBlank();
                assertThat(query.path("instant").asBoolean())
                        .as("instant or range in %s", panel)
                        .isNotEqualTo(query.path("range").asBoolean());
            }
            assertThat(panel.queries())
                    .as("%s", panel)
                    .extracting(query -> query.path("refId"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void each_panel_has_a_number_a_title_and_a_place_of_its_own() {
        assertThat(ALL).allSatisfy(dashboard -> {
            assertThat(dashboard.places())
                    .extracting(panel -> panel.json().path("id").asInt())
                    .doesNotHaveDuplicates();
            assertThat(dashboard.panels()).extracting(Panel::title).doesNotHaveDuplicates();
            var taken = new HashMap<String, String>();
            for (var panel : dashboard.places()) {
                for (var cell : cells(panel))
                    assertThat(taken.put(cell, panel.title()))
                            .as("%s is at %s too", panel, cell)
                            .isNull();
            }
        });
    }

    private static List<String> cells(Panel panel) {
        var grid = panel.json().path("gridPos");
        var left = grid.path("x").asInt();
        var right = left + grid.path("w").asInt();
        assertThat(right).as("right edge of %s", panel).isBetween(left + 1, COLUMNS);
        var top = grid.path("y").asInt();
        return Stream.iterate(top, y -> y < top + grid.path("h").asInt(), y -> y + 1)
                .flatMap(y -> Stream.iterate(left, x -> x < right, x -> x + 1).map(x -> x + "," + y))
                .toList();
    }

    @Test
    void each_link_leads_to_a_dashboard_that_is_there_and_passes_on_what_that_one_knows() {
        Map<String, Set<String>> known = ALL.stream().collect(toMap(Dashboard::uid, DashboardTest::variables));
        var linked = ALL.stream().flatMap(dashboard -> urls(dashboard.json())).toList();
        assertThat(linked).isNotEmpty().allSatisfy(url -> {
            var target = LINK.matcher(url);
            if (!target.find()) {
                assertThat(url).startsWith("${milepost:raw}/api/plans/");
                return;
            }
            assertThat(known).containsKey(target.group(1));
            var passed =
                    PASSED_ON.matcher(url).results().map(one -> one.group(1) == null ? one.group(2) : one.group(1));
            assertThat(known.get(target.group(1))).containsAll(passed.toList());
        });
        assertThat(ALL)
                .allSatisfy(dashboard -> assertThat(ALL.stream().filter(other -> !other.equals(dashboard)))
                        .allSatisfy(other -> assertThat(
                                        dashboard.json().path("links").toString())
                                .contains("/d/" + other.uid() + "?")));
    }

    private static Stream<String> urls(JsonNode node) {
        return Stream.concat(
                node.path("url").isString() ? Stream.of(node.path("url").asString()) : Stream.empty(),
                node.valueStream().flatMap(DashboardTest::urls));
    }

    @Test
    void each_variable_that_is_used_is_there() {
        assertThat(ALL).allSatisfy(dashboard -> {
            var used = Stream.concat(dashboard.queries(), urls(dashboard.json().path("links")))
                    .flatMap(text -> VARIABLE.matcher(text).results().map(found -> found.group(1)))
                    .filter(name -> !Dashboard.GRAFANAS_OWN.contains(name))
                    .collect(toSet());
            assertThat(variables(dashboard)).containsAll(used);
        });
    }

    /** Grafana shows its regular expressions a series with labels as they are, quotes and all. */
    @ParameterizedTest
    @ValueSource(strings = {"Phuket", "Ha \"Long\" Bay", "a\",plan=\"b\"} 1", "C:\\City, {north} (old)"})
    void a_city_is_chosen_by_its_name_whatever_that_is(String city) {
        var chosen = ALL.stream()
                .flatMap(dashboard -> dashboard.variableQueries().stream())
                .filter(variable -> variable.name().equals("plan"))
                .map(VariableQuery::regex)
                .map(regex -> Pattern.compile(regex.substring(1, regex.length() - 1))
                        .matcher("{city=\"" + city + "\",plan=\"its-plan\"} 1 1700000000000"))
                .toList();
        assertThat(chosen).singleElement().satisfies(found -> {
            assertThat(found.find()).isTrue();
            assertThat(found.group("text")).isEqualTo(city);
            assertThat(found.group("value")).isEqualTo("its-plan");
        });
    }

    /** In backticks nothing has a second meaning; between quotes a name with one ends too early. */
    @Test
    void what_a_person_has_named_is_asked_for_in_backticks() {
        assertThat(ALL.stream().flatMap(Dashboard::queries).filter(query -> query.contains("country=")))
                .isNotEmpty()
                .allSatisfy(query -> assertThat(query).contains("country=~`${country:regex}`"));
        assertThat(ALL.stream()
                        .flatMap(dashboard -> urls(dashboard.json()))
                        .filter(url -> url.contains("var-country=")))
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url).contains(":percentencode}"));
    }

    private static Set<String> variables(Dashboard dashboard) {
        return dashboard.variables().stream()
                .map(variable -> variable.path("name").asString())
                .collect(toSet());
    }

    @Test
    void of_plans_only_recorded_numbers_are_asked_and_every_number_of_ours_is_defined_and_shown() throws IOException {
        var asked = ALL.stream()
                .flatMap(Dashboard::queries)
                .flatMap(query -> Dashboard.names(query).stream())
                .filter(name -> OURS.matcher(name).matches())
                .collect(toSet());
        assertThat(asked).noneMatch(name -> name.startsWith("milepost_plan_"));
        var rules = Files.readString(Milepost.root().resolve("ops/prometheus/recording.yml"));
        var recorded =
                Pattern.compile("record: (\\S+)").matcher(rules).results().map(found -> found.group(1));
        var ofTheSystem = Arrays.stream(Metric.values())
                .filter(metric -> metric.recorded().isEmpty())
                .flatMap(DashboardTest::scraped);
        assertThat(Stream.concat(recorded, ofTheSystem).toList()).containsAll(asked);
        assertThat(Arrays.stream(Metric.values()))
                .allSatisfy(metric -> assertThat(asked)
                        .containsAnyElementsOf(metric.recorded()
                                .map(List::of)
                                .orElseGet(() -> scraped(metric).toList())));
    }

    private static Stream<String> scraped(Metric metric) {
        return metric.type().equals("histogram")
                ? Stream.of("_bucket", "_count", "_sum").map(suffix -> metric.text + suffix)
                : Stream.of(metric.text);
    }

    @Test
    void the_past_has_a_sample_a_month_and_is_asked_for_the_last_of_32_days() {
        var ofPlans = panels().stream()
                .filter(panel -> !panel.dashboard().equals("system.json"))
                .toList();
        for (var panel : ofPlans) {
            for (var query : panel.queries()) {
                var text = query.path("expr").asString();
                var others = SINCE_2018.matcher(text).replaceAll("");
                if (query.path("range").asBoolean()) {
                    assertThat(Dashboard.names(others))
                            .as("asked without last_over_time(…[32d]) in %s", panel)
                            .isEmpty();
                    assertThat(panel.json().path("interval").asString(""))
                            .as("interval of %s", panel)
                            .isEqualTo("1d");
                } else {
                    assertThat(others).as("%s is about now", panel).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void the_files_beside_them_give_the_data_source_that_they_choose_first_and_the_folder_that_they_are_in()
            throws IOException {
        var provisioning = Dashboard.folder().resolve("provisioning");
        var dataSources = Files.readString(provisioning.resolve("datasources/milepost.yml"));
        assertThat(ALL).allSatisfy(dashboard -> {
            var choice = dashboard.variables().getFirst();
            assertThat(choice.path("name").asString()).isEqualTo("datasource");
            assertThat(dataSources)
                    .contains("uid: " + choice.at("/current/value").asString() + "\n");
        });
        assertThat(Files.readString(provisioning.resolve("dashboards/milepost.yml")))
                .contains("folder: Milepost\n", "path: /var/lib/grafana/dashboards\n");
    }

    private static List<Panel> panels() {
        return ALL.stream().flatMap(dashboard -> dashboard.panels().stream()).toList();
    }
}
