package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's story, and what follows it in other papers, line by line in one shell, and compares what it prints. */
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    /** In this order; in the last one the log is tampered with. */
    private static final List<String> PAPERS =
            List.of("README.md", "api/HTTP.md", "api/IDENTITY.md", "ops/OPERATE.md", "ops/AUDIT.md");

    private static final int PORT = 8080;

    /** What the issuer answers: its addresses, and the programs it knows. */
    private static final Pattern AT_ISSUER =
            Pattern.compile("127\\.0\\.0\\.1:" + PORT + "(?=/(oauth2|login|api/clients))");

    /** A command, and what it prints: {@code …} is anything, and an indented line goes on with the one above. */
    private record Step(String command, String output) {
        Step and(String line) {
            return command.endsWith("\\")
                    ? new Step(command + "\n" + line, output)
                    : new Step(command, output + (line.startsWith(" ") ? "" : "\n") + line.stripLeading());
        }
    }

    @Test
    void the_readme_tells_what_happens(@TempDir Path data) throws IOException {
        try (var milepost = Milepost.start(data)) {
            assertThat(milepost.log()).contains("Imported the ASCN dataset: 372 facts of 26 plans recorded");
            tell(milepost, milepost, data);
        }
    }

    @Test
    void the_same_happens_when_tokens_come_from_an_issuer_elsewhere(@TempDir Path data, @TempDir Path other)
            throws IOException {
        var alone = Map.of("MILEPOST_DATASET", "none");
        try (var issuer = Milepost.launch(other, Milepost.freePort(), alone).awaitReady()) {
            var settings = Map.of("MILEPOST_ISSUER_URI", issuer.url(), "MILEPOST_DEMO", "false");
            try (var milepost =
                    Milepost.launch(data, Milepost.freePort(), settings).awaitReady()) {
                tell(milepost, issuer, data);
            }
        }
    }

    private static void tell(Milepost milepost, Milepost issuer, Path data) throws IOException {
        Tool.require("curl", "curl");
        Tool.require("openssl", "openssl");
        Tool.require("python3", "python3");
        Tool.require("psql", "postgresql-client");
        var steps = new ArrayList<Step>();
        for (var paper : PAPERS) {
            var more = steps(Files.readString(Milepost.root().resolve(paper)));
            assertThat(more).as(paper).isNotEmpty();
            steps.addAll(more);
        }
        try (var shell = new Shell(Map.of("MILEPOST_ISSUER", issuer.url(), "MILEPOST_DATA_DIR", data.toString()))) {
            for (var step : steps) {
                var command = AT_ISSUER.matcher(step.command()).replaceAll("127.0.0.1:" + issuer.port());
                var here = command.replace("127.0.0.1:" + (PORT + 1), "127.0.0.1:" + (milepost.port() + 1))
                        .replace("127.0.0.1:" + PORT, "127.0.0.1:" + milepost.port());
                assertThat(shell.run(here)).as(step.command()).matches(pattern(step.output()));
            }
        }
        assertThat(milepost.log() + issuer.log()).doesNotContain("eyJ", "milepost-demo", "Exception");
    }

    private static List<Step> steps(String paper) {
        return BLOCK.matcher(paper)
                .results()
                .flatMap(block -> steps(block.group(1).lines().toList()).stream())
                .toList();
    }

    private static List<Step> steps(List<String> lines) {
        var steps = new ArrayList<Step>();
        for (var line : lines) {
            if (line.startsWith("$ ")) steps.add(new Step(line.substring(2), ""));
            else steps.add(steps.removeLast().and(line));
        }
        return steps;
    }

    private static Pattern pattern(String output) {
        return Pattern.compile(
                Stream.of(output.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
