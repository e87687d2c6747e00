package milepost.ops.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import milepost.ops.Milepost;

/** Another Java with the application in it, which sends commands by itself: {@code DispatchLoad} among the tests of {@code api}. */
final class InProcess {
    private static final String MAIN = "milepost/api/write/axon/DispatchLoad";

    private final Client client;
    private final BufferedReader said;
    private final Writer tell;

    InProcess(Site site) {
        var port = Milepost.freePort();
        var classes = site.directory("in-process").resolve("classes");
        copyMain(classes);
        var environment = new HashMap<>(site.environment(Busy.COPY));
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("MILEPOST_DEMO", "true");
        environment.put("MILEPOST_DATA_DIR", site.directory("in-process").toString());
        var path = List.of(
                classes.toString(),
                Milepost.root().resolve("api/target/classes").toString(),
                dependencies());
        var process = site.java(
                List.of("-cp", String.join(System.getProperty("path.separator"), path), MAIN.replace('/', '.')),
                environment);
        said = process.inputReader();
        tell = process.outputWriter();
        client = new Client(port);
        answer();
        client.awaitCaughtUp();
    }

    /** Of {@code api}, which are more than those of this module. */
    private static String dependencies() {
        try {
            return Files.readString(Milepost.root().resolve("api/target/benchmark.classpath"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Alone: Spring would take other tests' configurations for the application's. */
    private static void copyMain(Path classes) {
        var from = Milepost.root().resolve("api/target/test-classes");
        try (var found = Files.list(from.resolve(MAIN).getParent())) {
            var to = Files.createDirectories(classes.resolve(MAIN).getParent());
            for (var file : found.toList()) {
                var name = file.getFileName().toString();
                if (name.startsWith("DispatchLoad")) Files.copy(file, to.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Held off, or let go and waited for. */
    void projections(boolean on) {
        ask(on ? "on" : "off");
        if (on) client.awaitCaughtUp();
    }

    record Sent(double perSecond, int refused) {}

    Sent send(int seconds, String run, String name) {
        var figures = List.of(ask("send " + seconds + " " + run + " " + name + " " + Busy.PLANS)
                .split(" ", -1));
        return new Sent(Double.parseDouble(figures.getFirst()), Integer.parseInt(figures.getLast()));
    }

    private String ask(String line) {
        try {
            tell.write(line + "\n");
            tell.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer();
    }

    /** Its log is between, and ends with the reason where it ended. */
    private String answer() {
        var log = new StringBuilder();
        try {
            for (String line; (line = said.readLine()) != null; log.append(line).append('\n')) {
                if (line.startsWith("= ")) return line.substring(2);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("The application in process has ended:\n" + log);
    }
}
