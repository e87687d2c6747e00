package milepost.ops;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One shell at the repository's root, which remembers what was set from one command to the next. */
final class Shell implements AutoCloseable {
    private static final String END = "-- end of output --";

    private final Process process;
    private final BufferedReader output;

    Shell(Map<String, String> environment) {
        try {
            var builder =
                    new ProcessBuilder("sh").directory(Milepost.root().toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            process = builder.start();
            output = process.inputReader(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command prints, without blanks around it. */
    String run(String command) {
        try {
            var input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(command + "\necho; echo '" + END + "'\n");
            input.flush();
            var printed = new StringBuilder();
            for (var line = output.readLine(); !END.equals(line); line = output.readLine()) {
                if (line == null) throw new AssertionError("the shell has ended: " + printed);
                printed.append(line).append('\n');
            }
            return printed.toString().replace("\r", "").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
