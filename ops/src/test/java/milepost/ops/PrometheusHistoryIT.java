package milepost.ops;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.log.Moment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The plans' past, loaded into the real Prometheus as an operator does it, is what the API answers of each day. */
class PrometheusHistoryIT {
    private static final Duration HALF_A_MONTH = Duration.ofDays(14);
    private static final String PROGRESS = "plan:progress_ratio";

    @TempDir
    Path data;

    @TempDir
    Path directory;

    /** How a script ended, and what it said. */
    private record Ended(int code, String said) {}

    /** Loaded once, and scraped from then on. */
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Loaded {
        private @Nullable Milepost milepost;
        private @Nullable Prometheus prometheus;

        @BeforeAll
        void load(@TempDir Path data, @TempDir Path directory) throws Exception {
            Tool.require("promtool", "prometheus");
            Tool.require("prometheus", "prometheus");
            Tool.require("psql", "postgresql-client");
            var started = Milepost.start(data);
            milepost = started;
            Milepost.psql(
                    data, "insert into backup values (now())"); // as ops/backup/backup does on a server of one's own
            var storage = directory.resolve("storage");
            var asking = Map.of("MILEPOST_URL", started.url(), "MILEPOST_TOKEN", started.token("demo-operator"));
            var loaded = history(asking, directory.resolve("past.om"), storage);
            assertThat(loaded.code()).as(loaded.said()).isZero();
            assertThat(history(asking, directory.resolve("past.om"), storage).said())
                    .contains("the past is in " + storage + " already");
            prometheus = Prometheus.start(storage, started, directory);
        }

        @AfterAll
        void stop() {
            if (prometheus != null) prometheus.close();
            if (milepost != null) milepost.close();
        }

        @Test
        void past_and_present_are_one_line_and_the_past_is_what_the_api_answers_of_each_day() throws Exception {
            var milepost = requireNonNull(this.milepost);
            var prometheus = requireNonNull(this.prometheus);
            var now = Instant.now();
            var months = Stream.iterate(
                            LocalDate.of(2018, 1, 1), day -> !midnight(day).isAfter(now), day -> day.plusMonths(1))
                    .toList();
            for (var day : months) isAsTheApiAnswers(milepost, prometheus, day);
            for (var i = 12; i < months.size(); i += 6) addsUp(milepost, prometheus, months.get(i));
            stepsBetween(prometheus, months);
            goesOn(milepost, prometheus, months);
        }

        @Test
        void each_panel_of_the_dashboards_shows_something_or_says_why_it_does_not() {
            var grafana = new Grafana(requireNonNull(prometheus));
            grafana.seesCommands(requireNonNull(milepost));
            Dashboard.all().forEach(grafana::shows);
        }

        /** An alert on a series that is not there is silent for ever, or never. */
        @Test
        void rules_ask_for_series_that_there_are() {
            var prometheus = requireNonNull(this.prometheus);
            var last = "milepost_audit_verification_ok"; // once the log was gone through
            Milepost.await(
                    "to be scraped",
                    () -> !prometheus.query(last, Instant.now()).isEmpty());
            var rules = prometheus.rules();
            var there = new TreeSet<>(prometheus.names());
            there.add("milepost_plan_next_due_timestamp_seconds"); // absent while nothing lies ahead, as in the dataset
            there.add("ssl_chain_expiry_seconds"); // of Milepost's own TLS
            rules.forEach(rule -> there.add(rule.path("name").asString()));
            assertThat(there)
                    .containsAll(rules.stream()
                            .flatMap(rule -> Dashboard.names(rule.path("query").asString()).stream())
                            .toList());
        }
    }

    @Test
    void the_script_says_what_is_missing() throws Exception {
        Tool.require("curl", "curl");
        var file = directory.resolve("past.om");
        var nowhere = "http://127.0.0.1:" + Milepost.freePort();

        assertThat(history(Map.of("MILEPOST_TOKEN", "")).said()).startsWith("usage: ");
        assertThat(history(Map.of("MILEPOST_TOKEN", ""), file).said()).contains("MILEPOST_TOKEN is missing");
        assertThat(history(Map.of("MILEPOST_TOKEN", "any", "MILEPOST_URL", nowhere), file)
                        .said())
                .contains("Milepost could not be asked at " + nowhere);
        var none = Map.of("MILEPOST_DATASET", "none");
        try (var milepost = Milepost.launch(data, Milepost.freePort(), none).awaitReady()) {
            var refused = history(Map.of("MILEPOST_TOKEN", "wrong", "MILEPOST_URL", milepost.url()), file);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.said()).contains("Milepost answered 401", "token-invalid");

            var token = milepost.token("demo-reader");
            assertThat(history(Map.of("MILEPOST_TOKEN", token, "MILEPOST_URL", milepost.url()), file))
                    .isEqualTo(new Ended(0, "0 samples written to " + file + "\n"));
            assertThat(file).hasContent("# EOF");
        }
    }

    private static void isAsTheApiAnswers(Milepost milepost, Prometheus prometheus, LocalDate day) {
        var expected = new TreeMap<String, Double>();
        var plans = json(milepost.get("/api/plans?limit=200&on=" + day)).path("items");
        assertThat(plans).hasSize(26);
        for (var plan : plans) {
            var id = plan.path("plan").asString();
            var indicators = plan.path("indicators");
            put(expected, PROGRESS + " " + id, indicators.path("progress"));
            put(expected, "plan:earned_value " + id, indicators.path("earnedValue"));
            put(expected, "plan:planned_value " + id, indicators.path("plannedValue"));
            put(expected, "plan:schedule_performance_ratio " + id, indicators.path("schedulePerformanceIndex"));
            put(expected, "plan:milestones_overdue " + id, indicators.path("overdue"));
            indicators.path("milestones").forEachEntry((s, n) -> put(expected, "plan:milestones " + id + " " + s, n));
            indicators.path("partnerships").forEachEntry((s, n) -> put(expected, "partnerships " + id + " " + s, n));
            expected.put("plan:status " + id + " " + plan.path("status").asString(), 1.0);
        }
        var names =
                "progress_ratio|earned_value|planned_value|schedule_performance_ratio|milestones_overdue|milestones";
        var shown = new TreeMap<>(values(prometheus, "{__name__=~\"plan:(" + names + ")\"}", midnight(day)));
        shown.putAll(values(prometheus, "plan:status == 1", midnight(day)));
        values(prometheus, "sum by (plan, status) (plan:partnerships)", midnight(day))
                .forEach((series, n) -> shown.put("partnerships" + series, n));
        assertThat(shown).as("on %s", day).isEqualTo(expected);
    }

    /** The past of all plans together is what the recording rules make of the plans' past, and what the API answers. */
    private static void addsUp(Milepost milepost, Prometheus prometheus, LocalDate day) throws IOException {
        var rules = Pattern.compile("- record: (network:\\w+)\n +expr: (.+)\n")
                .matcher(Files.readString(Milepost.root().resolve("ops/prometheus/recording.yml")))
                .results()
                .toList();
        assertThat(rules).hasSizeGreaterThan(10);
        for (var rule : rules) {
            var made = unnamed(prometheus.query(rule.group(2), midnight(day)));
            var loaded = unnamed(prometheus.query(rule.group(1), midnight(day)));
            assertThat(loaded.keySet()).as("%s on %s", rule.group(1), day).isEqualTo(made.keySet());
            made.forEach((labels, value) -> assertThat(loaded.get(labels)).isEqualTo(value, within(1e-9)));
        }
        var total = json(milepost.get("/api/network?on=" + day)).at("/total/indicators");
        var expected = new TreeMap<String, Double>();
        put(expected, "network:progress_ratio ", total.path("progress"));
        put(expected, "network:schedule_performance_ratio ", total.path("schedulePerformanceIndex"));
        put(expected, "network:milestones_overdue ", total.path("overdue"));
        var names = "progress_ratio|schedule_performance_ratio|milestones_overdue";
        var shown = values(prometheus, "{__name__=~\"network:(" + names + ")\"}", midnight(day));
        assertThat(shown.keySet()).as("on %s", day).isEqualTo(expected.keySet());
        expected.forEach((name, value) -> assertThat(shown.get(name)).isEqualTo(value, within(0.5e-6)));
    }

    /** Each series by its labels but the name. */
    private static Map<Map<String, String>, Double> unnamed(List<JsonNode> series) {
        return series.stream().collect(toMap(PrometheusHistoryIT::labels, PrometheusHistoryIT::number));
    }

    private static Map<String, String> labels(JsonNode series) {
        var labels = new TreeMap<String, String>();
        series.path("metric").forEachEntry((name, value) -> labels.put(name, value.asString()));
        labels.remove("__name__");
        return labels;
    }

    /** Five minutes after a sample an instant query sees none; the last of 32 days is that of the month. */
    private static void stepsBetween(Prometheus prometheus, List<LocalDate> months) {
        for (var day : months.subList(0, months.size() - 1)) {
            var between = midnight(day).plus(HALF_A_MONTH);
            assertThat(values(prometheus, PROGRESS, between)).isEmpty();
            assertThat(values(prometheus, "last_over_time(" + PROGRESS + "[32d])", between))
                    .isEqualTo(values(prometheus, PROGRESS, midnight(day)));
        }
    }

    private static void goesOn(Milepost milepost, Prometheus prometheus, List<LocalDate> months) {
        var past = plans(prometheus, midnight(months.getLast()));
        Milepost.await(
                "to be scraped and recorded",
                () -> plans(prometheus, Instant.now()).containsAll(past));
        var now = Instant.now();
        assertThat(prometheus.query(PROGRESS, now))
                .allSatisfy(series -> assertThat(series.path("metric").propertyNames())
                        .containsExactlyInAnyOrder("__name__", "plan", "city", "country"));
        assertThat(prometheus.query(PROGRESS, now)).hasSize(26);
        assertThat(past).isNotEmpty();
        assertThat(plans(prometheus, now)).hasSizeGreaterThan(26 * 30);
        var line = prometheus.query("count_over_time(" + PROGRESS + "{plan=\"bangkok\"}[20y])", now);
        assertThat(line).hasSize(1);
        assertThat(number(line.getFirst())).isGreaterThan(months.size() / 2.0);
        assertThat(json(milepost.get("/api/plans/bangkok"))
                        .at("/indicators/progress")
                        .asDouble())
                .isEqualTo(number(
                        prometheus.query(PROGRESS + "{plan=\"bangkok\"}", now).getFirst()));
    }

    /** The labels of all series about plans. */
    private static Set<JsonNode> plans(Prometheus prometheus, Instant time) {
        return prometheus.query("{__name__=~\"plan:.+\"}", time).stream()
                .map(series -> series.path("metric"))
                .collect(Collectors.toSet());
    }

    /** Each series by its name, plan and status. */
    private static Map<String, Double> values(Prometheus prometheus, String query, Instant time) {
        return prometheus.query(query, time).stream()
                .collect(toMap(series -> key(series.path("metric")), PrometheusHistoryIT::number));
    }

    private static String key(JsonNode labels) {
        var status = labels.path("status").asString("");
        // last_over_time keeps the name, a sum does not
        return labels.path("__name__").asString("") + " " + labels.path("plan").asString("")
                + (status.isEmpty() ? "" : " " + status);
    }

    private static double number(JsonNode series) {
        return Double.parseDouble(series.path("value").path(1).asString());
    }

    private static void put(Map<String, Double> values, String series, JsonNode value) {
        if (!value.isNull()) values.put(series, value.asDouble());
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(Moment.LAST).toInstant();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Ended history(Map<String, String> environment, Path... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Milepost.root().resolve("ops/prometheus/history").toString());
        Stream.of(arguments).map(Path::toString).forEach(command::add);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
