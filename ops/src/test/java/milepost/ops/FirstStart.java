package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A first start, made once for all tests and up to where it would listen: others begin with the database that it made, and
 * their Java with what it learned, as an image's does (Dockerfile).
 */
final class FirstStart {
    private static final FirstStart MADE = new FirstStart();

    private final Path directory;

    private FirstStart() {
        try {
            directory = Files.createTempDirectory("first-start");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        said(
                Map.of(),
                List.of(
                        "-Djarmode=tools",
                        "-jar",
                        jar(),
                        "extract",
                        "--application-filename",
                        "milepost.jar",
                        "--destination",
                        directory.resolve("application").toString()));
        var settings = Map.of(
                "MILEPOST_DATA_DIR", data().toString(),
                "MILEPOST_DEMO", "true",
                "SERVER_PORT", Integer.toString(Milepost.freePort()));
        var training = new ArrayList<>(Milepost.QUICK_START);
        training.addAll(
                List.of("-XX:AOTCacheOutput=" + cache(), "-Dspring.context.exit=onRefresh", "-jar", application()));
        said(settings, training);
        Milepost.stopPostgres(data());
    }

    /** The options of a quick Java, and the application that it runs. */
    static List<String> options() {
        return List.of("-XX:AOTCache=" + MADE.cache(), "-Xlog:disable", "-jar", MADE.application());
    }

    /** What is in the data directory after it. */
    static void copyTo(Path data) {
        try {
            var copied = Said.by(
                    Map.of(),
                    "cp",
                    "-a",
                    MADE.data() + "/.",
                    Files.createDirectories(data).toString());
            assertThat(copied.exitCode()).as(copied.text()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path cache() {
        return directory.resolve("milepost.aot");
    }

    private String application() {
        return directory.resolve("application/milepost.jar").toString();
    }

    private static String jar() {
        var target = Milepost.root().resolve("api/target");
        try (var jars = Files.newDirectoryStream(target, "milepost-api-*.jar")) {
            return jars.iterator().next().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void said(Map<String, String> settings, List<String> options) {
        var command =
                Stream.concat(Stream.of(Milepost.java()), options.stream()).toArray(String[]::new);
        var said = Said.by(settings, command);
        assertThat(said.exitCode()).as(said.text()).isZero();
    }
}
