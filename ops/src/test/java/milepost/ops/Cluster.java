package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The oldest PostgreSQL that is supported, Debian's 15, as a server made for one run; it asks for a password. */
public final class Cluster implements AutoCloseable {
    public static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final String PASSWORD = "of-this-test-only";

    private final Path files;
    private final int port;

    private Cluster(Path files, int port) {
        this.files = files;
        this.port = port;
    }

    /** Skips the test where there is none; settings are PostgreSQL's own, as {@code name=value}. */
    public static Cluster start(Path directory, String... settings) throws IOException {
        Tool.require(PROGRAMS.resolve("initdb"), "postgresql-15");
        Tool.require("psql", "postgresql-client");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var password = Files.writeString(directory.resolve("password"), PASSWORD);
        var cluster = new Cluster(directory.resolve("cluster"), Milepost.freePort());
        postgres(
                "initdb",
                "--username=milepost",
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--pgdata=" + cluster.files);
        var options = "-p " + cluster.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                + String.join(
                        "", Stream.of(settings).map(setting -> " -c " + setting).toList());
        var log = directory.resolve("log");
        postgres("pg_ctl", "start", "--wait", "--options=" + options, "--log=" + log, "--pgdata=" + cluster.files);
        return cluster;
    }

    /** How Milepost, and the scripts of {@code ops/backup}, are told of a database of it. */
    public Map<String, String> settings(String database) {
        return Map.of(
                "MILEPOST_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
                "MILEPOST_DB_USER",
                "milepost",
                "MILEPOST_DB_PASSWORD",
                PASSWORD);
    }

    /** What a statement answers. */
    public String ask(String database, String sql) {
        var said = said(database, sql);
        assertThat(said.exitCode()).as(said.text()).isZero();
        return said.text().strip();
    }

    /** The same for one that may fail. */
    Said said(String database, String sql) {
        return Said.by(Map.of(), "psql", "-XqtA", "-v", "ON_ERROR_STOP=1", "-c", sql, "-d", uri(database));
    }

    /** How PostgreSQL's own programs are told of a database of it. */
    public String uri(String database) {
        return "postgresql://milepost:" + PASSWORD + "@127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        postgres("pg_ctl", "stop", "--mode=fast", "--pgdata=" + files);
    }

    /** PostgreSQL refuses to be run by root, so root becomes the user of Debian's package. */
    private static void postgres(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) command.addAll(List.of("runuser", "-u", "postgres", "--"));
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        try { // into a file: the server inherits it, and would keep a pipe open
            var output = Files.createTempFile("postgres", ".log").toFile();
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            assertThat(process.waitFor())
                    .as("%s: %s", command, Files.readString(output.toPath()))
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
