package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's story, line by line, and compares what it prints. */
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    private static final int PORT = 8080;

    /** A command, and what it prints: {@code …} is anything. */
    private record Step(String command, String output) {}

    @Test
    void the_readme_tells_what_happens(@TempDir Path data) throws IOException, InterruptedException {
        Tool.require("curl", "curl");
        var steps = steps(Files.readString(Path.of(System.getProperty("milepost.root"), "README.md")));
        assertThat(steps).hasSizeGreaterThan(10);

        try (var milepost = Milepost.start(data)) {
            assertThat(milepost.log()).contains("Imported the ASCN dataset: 372 facts of 26 plans recorded");
            for (var step : steps) {
                assertThat(run(step.command(), milepost.port()))
                        .as(step.command())
                        .matches(pattern(step.output()));
            }
        }
    }

    private static List<Step> steps(String readme) {
        return BLOCK.matcher(readme)
                .results()
                .flatMap(block -> steps(block.group(1).lines().toList()).stream())
                .toList();
    }

    private static List<Step> steps(List<String> lines) {
        var steps = new ArrayList<Step>();
        for (var line : lines) {
            if (line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), ""));
            } else {
                var last = steps.removeLast();
                steps.add(new Step(last.command(), last.output() + line + "\n"));
            }
        }
        return steps;
    }

    private static Pattern pattern(String output) {
        return Pattern.compile(
                Stream.of(output.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    private static String run(String command, int port) throws IOException, InterruptedException {
        var here = command.replace("127.0.0.1:" + (PORT + 1), "127.0.0.1:" + (port + 1))
                .replace("127.0.0.1:" + PORT, "127.0.0.1:" + port);
        var shell =
                new ProcessBuilder("sh", "-c", here).redirectErrorStream(true).start();
        var printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return printed.replace("\r", "").strip();
    }
}
