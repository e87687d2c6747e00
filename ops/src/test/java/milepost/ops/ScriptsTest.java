package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        for (var script : new String[] {"run", "train", "verify", "jar", "java"}) {
            Files.copy(
                    Milepost.root().resolve("ops").resolve(script),
                    root.resolve("ops").resolve(script));
        }
    }

    @Test
    void what_was_not_built_is_said_with_the_command_that_builds_it() {
        for (var script : new String[] {"run", "train", "verify"}) {
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

    /** What PostgreSQL's programs are given for what the driver is given. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "//db/milepost?prepareThreshold=0&socketTimeout=60&ApplicationName=our+node //db/milepost?application_name=our%20node",
                "//a,b:5433/milepost?targetServerType=primary //a,b:5433/milepost?target_session_attrs=read-write",
                "//[::1]:5433/milepost?ssl=true&sslrootcert=/etc/ca.pem //[::1]:5433/milepost?sslrootcert=/etc/ca.pem&sslmode=verify-full",
                "//db/a%2Fb?sslmode=require&ssl=true&user=our%40node //db/a%2Fb?sslmode=require&user=our%40node",
                "//db/milepost?currentSchema=city+plans,public&options=-c%20jit=off"
                        + " //db/milepost?options=-c%20jit%3Doff%20-csearch_path%3Dcity%5C%20plans,public",
                "milepost?loggerLevel=OFF //localhost/milepost",
                "///milepost //localhost/milepost",
                "//db/?connectTimeout=5 //db/?connect_timeout=5",
            })
    void the_driver_s_url_is_translated(String driver, String programs) {
        var said = database("jdbc:postgresql:" + driver);
        assertThat(said.text().lines().toList().getLast()).isEqualTo("postgresql:" + programs);
        assertThat(said.text().contains("left out"))
                .isEqualTo(driver.contains("Threshold") || driver.contains("logger"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//db/milepost?socketFactory=com.example.Tunnel",
                "//db/milepost?sslfactory=org.postgresql.ssl.NonValidatingFactory",
                "//db/milepost?PGHOST=other",
                "//db/milepost?targetServerType=nearest",
                "//db/milepost?password=secret",
                "//milepost:secret@db/milepost",
            })
    void what_would_lead_elsewhere_is_refused_without_a_password_on_the_screen(String driver) {
        var said = database("jdbc:postgresql:" + driver);
        assertThat(said.text()).startsWith("backup: ").doesNotContain("secret", "postgresql://");
        assertThat(said.exitCode()).isEqualTo(1);
    }

    @Test
    void a_left_out_parameter_is_named() {
        assertThat(database("jdbc:postgresql://db/milepost?prepareThreshold=0&socketTimeout=60")
                        .text())
                .startsWith(
                        "backup: left out of MILEPOST_DB_URL what is the driver's own: prepareThreshold, socketTimeout\n");
    }

    /** Variables of psql's own do not say which database. */
    private static Said database(String url) {
        Tool.require("psql", "postgresql-client");
        var script = "called=backup; fail() { echo \"$called: $1\"; exit 1; }; . \"$1\"; echo \"${PGPORT:-}$database\"";
        var file = Milepost.root().resolve("ops/backup/database").toString();
        return Said.by(Map.of("MILEPOST_DB_URL", url, "PGPORT", "1"), "sh", "-euc", script, "sh", file);
    }

    @Test
    void what_the_benchmark_lacks_is_named_before_anything_is_built() throws IOException {
        var bin = Files.createDirectory(directory.resolve("bin"));
        for (var program : new String[] {"bash", "dirname", "readlink"}) {
            Files.createSymbolicLink(bin.resolve(program), Path.of("/usr/bin", program));
        }
        var script = Milepost.root().resolve("ops/benchmark").toString();

        var said = Said.by(Map.of("PATH", bin.toString()), script);

        assertThat(said.text())
                .startsWith("ops/benchmark: missing are ")
                .contains("sudo apt-get install")
                .endsWith("postgresql-client wrk curl openssl maven\n");
        assertThat(said.exitCode()).isEqualTo(2);
    }

    @Test
    void the_newest_jar_is_run() throws IOException {
        var newest = Files.createFile(root.resolve("api/target/milepost-api-1.jar"));
        var older = Files.createFile(root.resolve("api/target/milepost-api-2.jar"));
        assertThat(older.toFile().setLastModified(1_000_000)).isTrue();

        assertThat(Said.by(JAVA, root.resolve("ops/run").toString()).text()).contains(newest.toString());
    }

    /** Java itself says of the one that it is asked to run that it is empty. */
    @Test
    void what_java_was_trained_with_is_run_until_there_is_a_newer_jar() throws IOException {
        var jar = Files.createFile(root.resolve("api/target/milepost-api-1.jar"));
        var trained = Files.createDirectory(root.resolve("api/target/trained"));
        Files.createFile(trained.resolve("milepost.jar"));
        Files.createFile(trained.resolve("milepost.aot"));
        assertThat(jar.toFile().setLastModified(1_000_000)).isTrue();
        var run = root.resolve("ops/run").toString();
        assertThat(Said.by(JAVA, run).text()).contains("trained/milepost.jar");

        assertThat(jar.toFile().setLastModified(System.currentTimeMillis() + 100_000))
                .isTrue();
        assertThat(Said.by(JAVA, run).text()).contains(jar.toString());
    }

    /** Java starts with no two of them. */
    @Test
    void a_collector_that_is_asked_for_takes_the_place_of_ours() throws IOException {
        var jar = Files.createFile(root.resolve("api/target/milepost-api-1.jar"));
        var asked = new HashMap<>(JAVA);
        asked.put("JAVA_OPTS", "-Xmx1g -XX:+UseSerialGC");

        assertThat(Said.by(asked, root.resolve("ops/run").toString()).text()).contains(jar.toString());
    }

    @Test
    void without_a_java_25_that_is_said() throws IOException {
        Files.createFile(root.resolve("api/target/milepost-api-1.jar"));
        var elsewhere = "s#/usr/lib/jvm/#/none/#; s#/opt/#/none/#; s#/Library/#/none/#; s#/usr/libexec/#/none/#";
        var java = root.resolve("ops/java");
        assertThat(Said.by(Map.of(), "sed", "-i.bak", "-e", elsewhere, java.toString())
                        .exitCode())
                .isZero();
        var bin = Files.createDirectories(root.resolve("old/bin"));
        var old = bin.resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2025-09-16' >&2\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();

        var said = Said.by(
                Map.of(
                        "JAVA_HOME",
                        root.resolve("old").toString(),
                        "HOME",
                        root.toString(),
                        "PATH",
                        bin + ":/usr/bin:/bin"),
                root.resolve("ops/run").toString());

        assertThat(said.text()).contains("no Java 25 or newer was found: install one, or set JAVA_HOME to it");
        assertThat(said.exitCode()).isEqualTo(2);
    }
}
