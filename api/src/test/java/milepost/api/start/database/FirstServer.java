package milepost.api.start.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data directory of an embedded server, made once for the tests of this JVM: to unpack PostgreSQL takes seconds. */
final class FirstServer {
    private static final Path DATA = made();

    private FirstServer() {}

    private static Path made() {
        try {
            var data = Files.createTempDirectory("first-server").resolve("data");
            EmbeddedServer.start(data).close();
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as a directory of this name, which is not there yet. */
    static Path copyTo(Path data) {
        try {
            var copied = new ProcessBuilder("cp", "-a", DATA.toString(), data.toString())
                    .inheritIO()
                    .start();
            assertThat(copied.waitFor()).isZero();
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
