package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A first start, made once for all tests by {@code ops/train}: others begin with the database that it made, and their Java
 * with what it learned.
 */
final class FirstStart {
    private static final Path TRAINED = Milepost.root().resolve("api/target/trained");
    private static final Path DATA = made();

    private FirstStart() {}

    private static Path made() {
        try {
            var data = Files.createTempDirectory("first-start").resolve("data");
            said(Milepost.root().resolve("ops/train").toString(), data.toString());
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options of a quick Java, and the application that it runs. */
    static List<String> options() {
        return List.of(
                "-XX:AOTCache=" + TRAINED.resolve("milepost.aot"),
                "-Xlog:disable",
                "-jar",
                TRAINED.resolve("milepost.jar").toString());
    }

    /** What is in the data directory after it. */
    static void copyTo(Path data) {
        try {
            said("cp", "-a", DATA + "/.", Files.createDirectories(data).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void said(String... command) {
        var said = Said.by(Map.of("JAVA_HOME", System.getProperty("java.home")), command);
        assertThat(said.exitCode()).as(said.text()).isZero();
    }
}
