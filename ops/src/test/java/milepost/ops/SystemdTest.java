package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No systemd runs here, so its units are held to everything they name, and to its own checker. */
class SystemdTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path UNITS = ROOT.resolve("ops/systemd");
    private static final String INSTALLED = "/opt/milepost/";
    private static final List<String> NAMES =
            List.of("milepost.service", "milepost-backup.service", "milepost-backup.timer");

    @Test
    void each_file_they_name_is_there() throws IOException {
        for (var name : NAMES) {
            var named =
                    Pattern.compile(INSTALLED + "(\\S+)").matcher(unit(name)).results();
            assertThat(named.map(found -> ROOT.resolve(found.group(1))))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).exists());
        }
    }

    @Test
    void each_setting_is_explained_for_operators_or_by_the_script_that_takes_it() throws IOException {
        var paper = Files.readString(ROOT.resolve("ops/OPERATE.md"));
        var scripts = Files.readString(ROOT.resolve("ops/run")) + Files.readString(ROOT.resolve("ops/backup/nightly"));
        assertThat(settings().results().map(found -> found.group(1)))
                .contains("MILEPOST_URL", "JAVA_OPTS")
                .allSatisfy(setting -> assertThat(paper.contains("`" + setting + "`")
                                || paper.contains("`" + setting + "=")
                                || scripts.contains("${" + setting + ":-"))
                        .as(setting)
                        .isTrue());
    }

    /** As systemd's manual has it of an EnvironmentFile: a backslash stays only between single quotes. */
    @Test
    void a_value_with_a_backslash_is_quoted() throws IOException {
        assertThat(settings().results().map(found -> found.group(2)).filter(value -> value.contains("\\")))
                .isNotEmpty()
                .allMatch(value -> value.matches("'[^']+'"));
    }

    @Test
    void a_stop_is_waited_for_a_minute_longer_than_milepost_waits_for_requests() throws IOException {
        var requests =
                Pattern.compile("SHUTDOWN_PHASE=(\\d+)s").matcher(Files.readString(UNITS.resolve("milepost.env")));
        var all = Pattern.compile("TimeoutStopSec=(\\d+)\n").matcher(unit("milepost.service"));
        assertThat(requests.find() && all.find()).isTrue();
        assertThat(number(all)).isGreaterThanOrEqualTo(number(requests) + 60);
    }

    @Test
    void systemd_finds_nothing_to_say_of_them(@TempDir Path directory) throws IOException {
        Tool.require("systemd-analyze", "systemd");
        var command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        for (var name : NAMES) {
            var copy = directory.resolve(name);
            Files.writeString(copy, unit(name).replace(INSTALLED, ROOT + "/"));
            command.add(copy.toString());
        }
        assertThat(verdict(command)).isEqualTo(new Said(0, ""));

        Files.writeString(
                directory.resolve(NAMES.getFirst()), unit(NAMES.getFirst()).replace("KillMode", "KilMode"));
        assertThat(verdict(command).text()).contains("KilMode");
    }

    private static Said verdict(List<String> command) {
        return Said.by(Map.of(), command.toArray(String[]::new));
    }

    private static Matcher settings() throws IOException {
        return Pattern.compile("(?m)^#?([A-Z_]+)=(.*)$").matcher(Files.readString(UNITS.resolve("milepost.env")));
    }

    private static int number(MatchResult found) {
        return Integer.parseInt(found.group(1));
    }

    private static String unit(String name) throws IOException {
        return Files.readString(UNITS.resolve(name));
    }
}
