package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server of its own kind, the oldest that is supported: Debian's PostgreSQL 15, in a cluster made for this test. */
class GivenServerIT {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    @Test
    void milepost_runs_on_postgresql_15_and_starts_no_server_of_its_own(@TempDir Path directory, @TempDir Path data)
            throws IOException, InterruptedException {
        Tool.require(PROGRAMS.resolve("initdb"), "postgresql-15");
        var port = Milepost.freePort();
        var cluster = cluster(directory, port);
        try {
            var settings = Map.of(
                    "MILEPOST_DB_URL", "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                    "MILEPOST_DB_USER", "milepost",
                    "MILEPOST_DB_PASSWORD", "any");
            try (var milepost =
                    Milepost.launch(data, Milepost.freePort(), settings).awaitReady()) {
                assertThat(milepost.log()).contains("Imported the ASCN dataset: 372 facts of 26 plans recorded");
                assertThat(milepost.post("/api/plans/phuket/status", "{\"status\":\"in-progress\",\"on\":\"2019\"}"))
                        .contains("\"version\":17");
                assertThat(milepost.get("/api/plans/phuket?version=17")).contains("\"status\":\"in-progress\"");
                assertThat(data.toFile().list())
                        .containsExactlyInAnyOrder("first-password", "audit-key.pem", "audit-checkpoint");
            }
        } finally {
            run("pg_ctl", "stop", "--mode=fast", "--pgdata=" + cluster);
        }
    }

    private static Path cluster(Path directory, int port) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var cluster = directory.resolve("cluster");
        run("initdb", "--username=milepost", "--auth=trust", "--encoding=UTF8", "--pgdata=" + cluster);
        var options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
        run(
                "pg_ctl",
                "start",
                "--wait",
                "--options=" + options,
                "--log=" + directory.resolve("log"),
                "--pgdata=" + cluster);
        return cluster;
    }

    /** PostgreSQL refuses to be run by root, so root becomes the user of Debian's package. */
    private static void run(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) command.addAll(List.of("runuser", "-u", "postgres", "--"));
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("postgres", ".log").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        assertThat(process.waitFor())
                .as("%s: %s", command, Files.readString(output.toPath()))
                .isZero();
    }
}
