package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The event log has one home: whoever else names its table or spells its streams' names is found, in whatever language. */
class LogHomeTest {
    private static final Path ROOT = Milepost.root().normalize();

    /** Where the log is at home: its code, and the migrations that make its table. */
    private static final Pattern HOME =
            Pattern.compile("command/(schema\\.sql|src/main/(java/milepost/log/.*|resources/db/migration/.*\\.sql))");

    /** What was built, what tests it, and what is not ours. */
    private static final Pattern PASSED_OVER = Pattern.compile("(.*/)?(target|src/test|\\..*)(/.*)?");

    private static final Map<String, String> MAY_NAME_THE_TABLE = Map.of(
            "ops/DECISIONS.md",
            "says what was decided",
            "query/src/main/resources/db/migration/V20261121.6__audit_log.sql",
            "ran before the log had a home: an index over the keys that sign",
            "ops/backup/backup",
            "asks whether it saved a database of Milepost's, where no Java may be",
            "ops/backup/prove.sql",
            "folds the tree again with the database's own means, so that nothing of ours has to be believed",
            "ops/AUDIT.md",
            "shows what a forger would do",
            "ops/runbook.md",
            "tells operators what to ask the database",
            "ops/CHANGELOG.md",
            "says what has changed",
            "query/DECISIONS.md",
            "says what was decided");

    private static final Map<String, String> MAY_SPELL_A_STREAM =
            Map.of("ops/AUDIT.md", "shows what a forger would do");

    @Test
    void nobody_else_names_its_table() throws IOException {
        assertThat(strangers("event_log")).isEqualTo(MAY_NAME_THE_TABLE.keySet());
    }

    @Test
    void nobody_else_knows_how_the_streams_of_plans_are_called() throws IOException {
        assertThat(strangers("[\"']plan/")).isEqualTo(MAY_SPELL_A_STREAM.keySet());
    }

    private static Set<String> strangers(String expression) throws IOException {
        var pattern = Pattern.compile(expression);
        var found = new TreeSet<String>();
        for (var directory : new String[] {"command", "query", "api", "ops"}) {
            for (var file : files(ROOT.resolve(directory))) {
                var name = ROOT.relativize(file).toString();
                if (!HOME.matcher(name).matches()
                        && pattern.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .find()) found.add(name);
            }
        }
        return found;
    }

    private static Iterable<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !PASSED_OVER
                            .matcher(ROOT.relativize(file).toString())
                            .matches())
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
