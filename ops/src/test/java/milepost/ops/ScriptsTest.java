package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts say before they have asked anybody, in a copy whose path has a space. */
class ScriptsTest {
    private static final Map<String, String> JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    private Path directory;

    private Path root = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        root = Files.createDirectory(directory.resolve("mile post"));
        Files.createDirectories(root.resolve("api/target"));
        Files.createDirectories(root.resolve("ops/target"));
        for (var script : new String[] {"run", "verify", "java"}) {
            Files.copy(
                    Milepost.root().resolve("ops").resolve(script),
                    root.resolve("ops").resolve(script));
        }
    }

    @Test
    void what_was_not_built_is_said_with_the_command_that_builds_it() {
        for (var script : new String[] {"run", "verify"}) {
            var said = Said.by(JAVA, root.resolve("ops/" + script).toString());
            assertThat(said.text()).contains("build it first: (cd '" + root + "' && mvn -q -DskipTests package)");
            assertThat(said.exitCode()).isEqualTo(2);
        }
    }

    /** Java itself says that the jar is empty: it was found, and asked to run that one. */
    @Test
    void java_is_found_whatever_else_it_says_of_itself_and_wherever_one_calls_from() throws IOException {
        var jar = Files.createFile(root.resolve("api/target/milepost-api-1.jar"));
        Files.createFile(root.resolve("ops/target/milepost-verify.jar"));
        var link = Files.createSymbolicLink(directory.resolve("link"), root.resolve("ops/run"));
        var relative = Files.createSymbolicLink(directory.resolve("other"), Path.of("link"));
        for (var script : new Path[] {root.resolve("ops/run"), root.resolve("ops/verify"), link, relative}) {
            for (var options : new String[] {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "LC_ALL"}) {
                var said = Said.by(
                        Map.of("JAVA_HOME", System.getProperty("java.home"), options, "-Dx=y"), script.toString());
                assertThat(said.text()).as("%s with %s", script, options).contains("Invalid or corrupt jarfile");
            }
        }
        assertThat(Said.by(JAVA, relative.toString()).text()).contains(jar.toString());
    }

    @Test
    void the_newest_jar_is_run() throws IOException {
        var newest = Files.createFile(root.resolve("api/target/milepost-api-1.jar"));
        var older = Files.createFile(root.resolve("api/target/milepost-api-2.jar"));
        assertThat(older.toFile().setLastModified(1_000_000)).isTrue();

        assertThat(Said.by(JAVA, root.resolve("ops/run").toString()).text()).contains(newest.toString());
    }

    @Test
    void without_a_java_25_that_is_said() throws IOException {
        Files.createFile(root.resolve("api/target/milepost-api-1.jar"));
        var elsewhere = "s|/[^ ]*/\\*/|/nowhere/*/|g; s|/usr/libexec/java_home|/nowhere|"; // this machine has one
        var java = root.resolve("ops/java");
        assertThat(Said.by(Map.of(), "sed", "-i.bak", "-e", elsewhere, java.toString())
                        .exitCode())
                .isZero();
        var bin = Files.createDirectories(root.resolve("old/bin"));
        var old = bin.resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2025-09-16' >&2\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();

        var said = Said.by(
                Map.of("JAVA_HOME", root.resolve("old").toString(), "PATH", bin + ":/usr/bin:/bin"),
                root.resolve("ops/run").toString());

        assertThat(said.text()).contains("no Java 25 or newer was found: install one, or set JAVA_HOME to it");
        assertThat(said.exitCode()).isEqualTo(2);
    }
}
