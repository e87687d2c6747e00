package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.log.Moment;
import milepost.ops.Dashboard.Panel;
import milepost.ops.Dashboard.VariableQuery;
import tools.jackson.databind.JsonNode;

/** Asks Prometheus what Grafana would ask it for a dashboard: each panel, for each choice of a variable. */
final class Grafana {
    /** What Grafana makes of six hours on a panel, and four times the interval of the data source. */
    private static final Duration STEP = Duration.ofSeconds(20);

    private static final String RATE_INTERVAL = "60s";
    private static final String ALL = "$__all";
    private static final String EMPTY_WHILE = "(?:^|\\. )Empty while [^.]+\\.";
    private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern SELECTED = Pattern.compile("[{,]\\s*(\\w+)\\s*(?:=|!=|=~|!~)[\"`]");
    private static final String EXISTING =
            "{\"milestone\":\"2-brt-service\",\"project\":\"2\",\"title\":\"Again\",\"due\":\"2030\"}";

    private final Prometheus prometheus;

    Grafana(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    /** Sends commands that are refused, which changes no plan, so that their rate can be seen. */
    void seesCommands(Milepost milepost) {
        var count = "milepost_commands_seconds_count{outcome=\"milestone-exists\"}";
        for (var seen : List.of(count, "rate(" + count + "[1m]) > 0", "network:progress_ratio")) {
            assertThat(milepost.post("/api/plans/vientiane/milestones", EXISTING))
                    .contains("milestone-exists");
            Milepost.await("to have answered " + seen, () -> isAnswered(seen));
        }
    }

    private boolean isAnswered(String query) {
        return !prometheus.query(query, Instant.now()).isEmpty();
    }

    /** Every query parses, asks for series and labels that there are, and finds some; if not always, its panel says why. */
    void shows(Dashboard dashboard) {
        var series = dashboard.queries().flatMap(query -> Dashboard.names(query).stream());
        assertThat(prometheus.names())
                .as("series that %s asks for", dashboard.name())
                .containsAll(series.toList());
        var labels = dashboard.queries().flatMap(query -> found(SELECTED, query).stream());
        assertThat(prometheus.labels())
                .as("labels that %s asks for", dashboard.name())
                .containsAll(labels.toList());
        var choices = choices(dashboard);
        for (var panel : dashboard.panels()) {
            var all = new ArrayList<JsonNode>();
            for (var query : panel.queries()) {
                var shown = shown(dashboard, panel, query, choices);
                var named = found(IN_LEGEND, query.path("legendFormat").asString(""));
                for (var one : shown) {
                    assertThat(one.path("metric").propertyNames())
                            .as("labels of a series in %s", panel)
                            .containsAll(named);
                }
                all.addAll(shown);
            }
            hasColumns(panel, all);
        }
    }

    /** What its variables stand for: as the dashboard opens, then each value of each of them. */
    private List<Map<String, String>> choices(Dashboard dashboard) {
        var opened = new HashMap<String, String>();
        for (var variable : dashboard.variables()) {
            var value = variable.at("/current/value");
            var text = value.isArray() ? value.path(0).asString() : value.asString();
            opened.put(
                    variable.path("name").asString(),
                    text.equals(ALL) ? variable.path("allValue").asString() : text);
        }
        var choices = new ArrayList<>(List.<Map<String, String>>of(opened));
        for (var variable : dashboard.variableQueries()) {
            var options = options(variable, opened);
            assertThat(options)
                    .as("%s of %s", variable.name(), dashboard.name())
                    .isNotEmpty();
            for (var option : options) {
                var choice = new HashMap<>(opened);
                choice.put(variable.name(), option);
                choices.add(choice);
            }
        }
        return choices;
    }

    private Set<String> options(VariableQuery variable, Map<String, String> chosen) {
        var query = filledIn(variable.query(), chosen);
        if (!variable.label().isEmpty()) return new TreeSet<>(prometheus.values(variable.label(), query));
        var regex =
                Pattern.compile(variable.regex().substring(1, variable.regex().length() - 1));
        return prometheus.query(query, Instant.now()).stream()
                .map(series -> regex.matcher(text(series)))
                .filter(found -> found.find() && !found.group("text").isBlank())
                .map(found -> found.group("value"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A series as a variable's regular expression sees it. */
    private static String text(JsonNode series) {
        var labels = new ArrayList<String>();
        series.path("metric").forEachEntry((name, value) -> labels.add(name + "=\"" + value.asString() + "\""));
        return "{" + String.join(",", labels) + "} "
                + series.path("value").path(1).asString();
    }

    /** For every choice that makes a difference. */
    private List<JsonNode> shown(Dashboard dashboard, Panel panel, JsonNode query, List<Map<String, String>> choices) {
        var now = Instant.now();
        var questions = choices.stream()
                .map(choice -> filledIn(query.path("expr").asString(), choice))
                .distinct()
                .toList();
        var shown = new ArrayList<JsonNode>();
        for (var question : questions) {
            var series = ask(dashboard, panel, query, question, now);
            if (series.isEmpty()) {
                assertThat(panel.description())
                        .as("%s shows nothing, and does not say 'Empty while …': %s", panel, question)
                        .containsPattern(EMPTY_WHILE);
            }
            shown.addAll(series);
        }
        if (shown.isEmpty()) shown.addAll(everShown(dashboard, panel, query, questions.getFirst()));
        assertThat(shown)
                .as("%s is always empty: %s", panel, questions.getFirst())
                .isNotEmpty();
        return shown;
    }

    /** On the first of some month, as the past was loaded. */
    private List<JsonNode> everShown(Dashboard dashboard, Panel panel, JsonNode query, String question) {
        var today = LocalDate.now(ZoneOffset.UTC);
        return Stream.iterate(LocalDate.of(2018, 1, 1), day -> day.isBefore(today), day -> day.plusMonths(1))
                .map(day -> day.atStartOfDay(Moment.LAST).toInstant())
                .flatMap(day -> ask(dashboard, panel, query, question, day).stream())
                .toList();
    }

    private List<JsonNode> ask(Dashboard dashboard, Panel panel, JsonNode query, String question, Instant now) {
        var range = Duration.between(from(dashboard.json().at("/time/from").asString(), now), now);
        var step = panel.json().path("interval").asString("").equals("1d") ? Duration.ofDays(1) : STEP;
        var text = filledIn(question, Map.of("__range", range.toSeconds() + "s", "__rate_interval", RATE_INTERVAL));
        var series = query.path("instant").asBoolean()
                ? prometheus.query(text, now)
                // counted back from now, so that the last step sees what has been scraped for seconds only
                : prometheus.range(text, now.minus(step.multipliedBy(range.dividedBy(step))), now, step);
        return series.stream().filter(Grafana::hasNumber).toList();
    }

    private static Instant from(String text, Instant now) {
        return text.startsWith("now-")
                ? now.minus(Duration.parse("PT" + text.substring("now-".length())))
                : Instant.parse(text);
    }

    private static String filledIn(String query, Map<String, String> values) {
        var text = query;
        for (var value : values.entrySet()) {
            var regex = value.getValue().equals(".+")
                    ? ".+"
                    : value.getValue().replaceAll("[\\\\^$.*+?()\\[\\]{}|]", "\\\\$0");
            text = text.replace("${" + value.getKey() + ":regex}", regex)
                    .replace("$" + value.getKey(), value.getValue());
        }
        return text;
    }

    private static boolean hasNumber(JsonNode series) {
        return Stream.concat(
                        Stream.of(series.path("value")), series.path("values").valueStream())
                .map(sample -> sample.path(1).asString("NaN"))
                .anyMatch(number -> !number.equals("NaN") && !number.endsWith("Inf"));
    }

    /** What a table renames or leaves out is there. */
    private static void hasColumns(Panel panel, List<JsonNode> series) {
        var columns = new TreeSet<>(Set.of("Time"));
        for (var query : panel.queries())
            columns.add("Value #" + query.path("refId").asString());
        for (var one : series) columns.addAll(one.path("metric").propertyNames());
        for (var transformation : panel.json().path("transformations")) {
            for (var key : List.of("renameByName", "excludeByName")) {
                assertThat(columns)
                        .as("%s: %s", panel, key)
                        .containsAll(transformation.path("options").path(key).propertyNames());
            }
        }
    }

    private static List<String> found(Pattern pattern, String in) {
        return pattern.matcher(in).results().map(found -> found.group(1)).toList();
    }
}
