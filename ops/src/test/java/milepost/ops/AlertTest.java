package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Prometheus's own tool reads its files and runs the tests of the alerts, and each alert leads somewhere. */
class AlertTest {
    private static final Path OPS = Path.of("").toAbsolutePath();

    @Test
    void promtool_finds_the_files_sound_and_each_alert_in_time() throws Exception {
        Tool.require("promtool", "prometheus");
        promtool("check", "config", "prometheus/prometheus.yml");
        promtool("check", "config", "docker/prometheus.yml");
        promtool("test", "rules", "prometheus/alerts-test.yml");
    }

    @Test
    void each_alert_has_a_test_and_a_heading_in_the_runbook() throws IOException {
        var rules = Files.readString(OPS.resolve("prometheus/alerts.yml"));
        var tests = Files.readString(OPS.resolve("prometheus/alerts-test.yml"));
        var runbook = Files.readString(OPS.resolve("runbook.md"));
        var alerts = Pattern.compile("- alert: (\\w+)")
                .matcher(rules)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(runbook).contains("\n## " + alert + "\n");
            assertThat(rules).contains("runbook_url: ops/runbook.md#" + alert.toLowerCase(Locale.ROOT) + "\n");
            assertThat(tests).contains("alertname: " + alert + "\n        exp_alerts:");
        });
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
