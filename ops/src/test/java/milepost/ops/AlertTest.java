package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Prometheus's own tool reads its files and runs the tests of the alerts, and each alert leads somewhere. */
class AlertTest {
    private static final Path OPS = Path.of("").toAbsolutePath();

    private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");

    /** One number would say nothing: the log verifies or not. It waits for nothing, either. */
    private static final String AUDIT_MISMATCH = "AuditMismatch";

    @Test
    void promtool_finds_the_files_sound_and_each_alert_in_time() throws Exception {
        Tool.require("promtool", "prometheus");
        promtool("check", "config", "prometheus/prometheus.yml");
        promtool("check", "config", "docker/prometheus.yml");
        var tests = new ArrayList<>(List.of("test", "rules"));
        testFiles().forEach(file -> tests.add(file.toString()));
        promtool(tests.toArray(String[]::new));
    }

    @Test
    void each_alert_says_how_bad_it_is_for_whom_by_how_much_and_what_to_do() throws IOException {
        var runbook = Files.readString(OPS.resolve("runbook.md"));
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            var name = text(alert, "alert");
            assertThat(text(alert, "expr")).isNotBlank();
            assertThat(text(map(alert, "labels"), "severity")).as(name).isIn(SEVERITIES);
            var annotations = map(alert, "annotations");
            assertThat(text(annotations, "summary")).as(name).matches("[^\\n]{10,90}\\.");
            assertThat(text(annotations, "description")).as(name).endsWith(".");
            if (!name.equals(AUDIT_MISMATCH)) {
                assertThat(alert).as(name).containsKey("for");
                assertThat(text(annotations, "description")).as(name).containsPattern("\\$value|\\| value");
            }
            assertThat(text(annotations, "runbook_url"))
                    .as(name)
                    .isEqualTo("ops/runbook.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(runbook).contains("\n## " + name + "\n");
        });
        assertThat(Pattern.compile("(?m)^## (\\w+)$").matcher(runbook).results().map(heading -> heading.group(1)))
                .as("headings without an alert")
                .isSubsetOf(alerts().map(alert -> text(alert, "alert")).toList());
    }

    /** Of alerts with the same name each: a window is a label. */
    @Test
    void each_alert_is_tested_before_it_fires_and_when_it_does() throws IOException {
        var alerts = alerts().map(alert -> key(text(alert, "alert"), map(alert, "labels")))
                .toList();
        var tested = new HashSet<String>();
        for (var file : testFiles()) {
            for (var test : list(yaml(file), "tests")) tested.addAll(seenToBegin(test, alerts));
        }
        assertThat(tested).containsAll(alerts);
    }

    /** Those that are silent at a moment of the test and fire at a later one. */
    private static Set<String> seenToBegin(Map<String, Object> test, List<String> alerts) {
        var silent = new HashSet<String>();
        var begun = new HashSet<String>();
        for (var moment : list(test, "alert_rule_test")) {
            var name = text(moment, "alertname");
            var firing = list(moment, "exp_alerts").stream()
                    .map(alert -> key(name, map(alert, "exp_labels")))
                    .collect(Collectors.toSet());
            firing.stream().filter(silent::contains).forEach(begun::add);
            alerts.stream()
                    .filter(alert -> alert.equals(name) || alert.startsWith(name + " "))
                    .filter(alert -> !firing.contains(alert))
                    .forEach(silent::add);
        }
        return begun;
    }

    private static String key(String alert, Map<String, Object> labels) {
        return labels.containsKey("window") ? alert + " " + text(labels, "window") : alert;
    }

    private static Stream<Map<String, Object>> alerts() throws IOException {
        return list(yaml(OPS.resolve("prometheus/alerts.yml")), "groups").stream()
                .flatMap(group -> list(group, "rules").stream());
    }

    private static List<Path> testFiles() throws IOException {
        try (var files = Files.list(OPS.resolve("prometheus"))) {
            return files.filter(file -> file.toString().endsWith("-test.yml"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }

    @SuppressWarnings("unchecked") // as YAML has it, or the test fails
    private static List<Map<String, Object>> list(Map<String, Object> in, String name) {
        return (List<Map<String, Object>>) in.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> in, String name) {
        return (Map<String, Object>) in.getOrDefault(name, Map.of());
    }

    private static String text(Map<String, Object> in, String name) {
        return String.valueOf(in.get(name));
    }

    private static void promtool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(OPS.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
