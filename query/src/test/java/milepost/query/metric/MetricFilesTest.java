package milepost.query.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operator's files say what {@link Metric} defines. */
class MetricFilesTest {
    private static final Path OPS = Path.of("../ops");

    @Test
    void the_page_of_metrics_is_the_definitions() throws IOException {
        isUpToDate("METRICS.md", page());
    }

    @Test
    void plans_are_recorded_without_the_node_and_the_network_after_them() throws IOException {
        var ofPlans = Arrays.stream(Metric.values())
                .filter(metric -> metric.recorded().isPresent())
                .map(MetricFilesTest::rule);
        var ofAll = Arrays.stream(NetworkMetric.values()).map(metric -> rule(metric.text, metric.expression()));
        var expected = Stream.concat(ofPlans, ofAll).collect(Collectors.joining());
        var rules = Files.readString(OPS.resolve("prometheus/recording.yml"));
        assertThat(rules)
                .as("the group 'progress' of ops/prometheus/recording.yml is, to be copied from here:%n%s", expected)
                .contains("  - name: progress\n    interval: 1m\n    rules:\n" + expected);
        for (var names : List.of("record: plan:", "record: network:")) {
            assertThat(count(names, rules)).isEqualTo(count(names, expected));
        }
    }

    /** The labels by name: whatever labels a target has, past and present are one series. */
    private static String rule(Metric metric) {
        return rule(metric.recorded().orElseThrow(), "max by (%s) (%s)".formatted(names(metric.labels), metric.text));
    }

    private static String rule(String name, String expression) {
        return "      - record: " + name + "\n        expr: " + expression + "\n";
    }

    private static long count(String text, String in) {
        return Pattern.compile(text, Pattern.LITERAL).matcher(in).results().count();
    }

    private static void isUpToDate(String name, String expected) throws IOException {
        var written = Path.of("target", name);
        Files.createDirectories(written.getParent());
        Files.writeString(written, expected);
        var kept = OPS.resolve(name);
        assertThat(Files.exists(kept) ? Files.readString(kept) : "")
                .as("ops/%s is stale; write it again from the definitions: cp query/%s ops/%s", name, written, name)
                .isEqualTo(expected);
    }

    private static String page() {
        var ofPlans = EnumSet.allOf(Metric.class);
        ofPlans.removeIf(metric -> metric.recorded().isEmpty());
        return """
                # Metrics

                Written from the definitions in the code (`Metric`, `NetworkMetric`, `Label`); a test fails when this page is stale, and says how to
                write it again. A number that is undefined is absent, never 0: no sample in a scrape, in the past, or in a rule.

                ## Of each plan

                Dashboards and alerts use the recorded name: `ops/prometheus/recording.yml` keeps the number under it without the node
                that was scraped, and `ops/prometheus/history` loads the past under it, a sample a month, where it is not marked *live only*.

                %s
                ## Of all plans together

                Recorded by rules over the plans' recorded numbers, in the same group and so of the same moment; their past is loaded too.

                | recorded as | labels | by the rule | what it is |
                |---|---|---|---|
                %s
                ## Of the system

                %s
                ## Labels

                | label | values | bounded by |
                |---|---|---|
                %s""".formatted(table(ofPlans), ofAll(), table(EnumSet.complementOf(ofPlans)), labels());
    }

    private static String table(EnumSet<Metric> metrics) {
        var recorded = metrics.stream().allMatch(metric -> metric.recorded().isPresent());
        return (recorded
                        ? "| scraped as | recorded as | type, unit | labels | what it is |\n|---|---|---|---|---|\n"
                        : "| scraped as | type, unit | labels | what it is |\n|---|---|---|---|\n")
                + metrics.stream().map(MetricFilesTest::row).collect(Collectors.joining());
    }

    private static String ofAll() {
        return Arrays.stream(NetworkMetric.values())
                .map(metric -> "| `%s` | %s | `%s` | %s |\n"
                        .formatted(metric.text, quoted(metric.labels()), metric.expression(), metric.help))
                .collect(Collectors.joining());
    }

    private static String row(Metric metric) {
        var live = metric.hasPast() ? "" : " *live only*";
        return "| `%s` |%s %s | %s | %s %s |\n"
                .formatted(
                        metric.text,
                        metric.recorded()
                                .map(name -> " `" + name + "`" + live + " |")
                                .orElse(""),
                        metric.type() + unit(metric.text),
                        quoted(metric.labels),
                        metric.help,
                        sentence(metric.meaning));
    }

    private static String unit(String name) {
        if (name.endsWith("_timestamp_seconds")) return ", seconds since 1970 (UTC)";
        if (name.endsWith("_seconds")) return ", seconds";
        if (name.endsWith("_days")) return ", days";
        if (name.endsWith("_bytes")) return ", bytes";
        return name.endsWith("_ratio") ? ", ratio" : "";
    }

    private static String sentence(String meaning) {
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
    }

    private static String quoted(List<Label> labels) {
        return labels.isEmpty() ? "none" : "`" + names(labels) + "`";
    }

    private static String names(List<Label> labels) {
        return labels.stream().map(label -> label.text).collect(Collectors.joining(", "));
    }

    private static String labels() {
        return Arrays.stream(Label.values())
                .map(label -> "| `%s` | of %s | %s |\n".formatted(label.text, uses(label), label.bound))
                .collect(Collectors.joining());
    }

    private static String uses(Label label) {
        var metrics = Arrays.stream(Metric.values())
                .filter(metric -> metric.labels.contains(label))
                .toList();
        if (metrics.size() > 3) return "everything of a plan";
        return metrics.stream().map(metric -> "`" + metric.text + "`").collect(Collectors.joining(", "));
    }
}
