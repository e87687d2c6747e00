package milepost.api.start.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import milepost.api.start.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the embedded database, and the server on them. */
record Cluster(Path path, Path passwordFile, PostgresPrograms programs) {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    static final String USER = "milepost";

    static final int MAJOR = 17;

    /** Given at each start, so that they hold for a cluster of any age. */
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=128MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_min_messages=log", // without the errors of single statements: those are Milepost's to report
            "log_checkpoints=off");

    /** A process of a killed server that has not noticed yet, or a port that was free a moment ago. */
    private static final Pattern PASSING = Pattern.compile("still in use|could not create any TCP/IP sockets");

    /** Empty, or without need, in a server that is stopped: git and some archivers leave them out, and it does not start. */
    private static final List<String> EMPTY = List.of(
            "pg_commit_ts",
            "pg_dynshmem",
            "pg_logical/mappings",
            "pg_logical/snapshots",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat",
            "pg_stat_tmp",
            "pg_tblspc",
            "pg_twophase",
            "pg_wal/archive_status",
            "pg_wal/summaries");

    /** Of postmaster.pid, after seven others: starting, ready, standby or stopping. */
    private static final int STATUS_LINE = 7;

    private static final int ATTEMPTS = 15;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    static Cluster in(DataDirectory data) throws IOException {
        var cluster =
                new Cluster(data.resolve("postgres"), data.resolve("password"), PostgresPrograms.unpackedIn(data));
        if (!Files.exists(cluster.path)) {
            cluster.create(data);
        } else {
            cluster.requireVersion();
            cluster.bringBackEmptyDirectories();
        }
        return cluster;
    }

    private void requireVersion() throws IOException {
        var version = Files.readString(path.resolve("PG_VERSION")).strip();
        if (!version.equals(String.valueOf(MAJOR)))
            throw new StartFailure(
                    "The data in %s was written by PostgreSQL %s, but this Milepost brings PostgreSQL %s"
                            .formatted(path, version, MAJOR),
                    "Start the Milepost that wrote it, or set MILEPOST_DATA_DIR to a new directory"
                            + " and move the data there with pg_dump");
    }

    private void bringBackEmptyDirectories() throws IOException {
        var missing = EMPTY.stream()
                .filter(name -> !Files.exists(path.resolve(name))
                        && Files.isDirectory(path.resolve(name).resolveSibling("")))
                .toList();
        for (var name : missing)
            Files.createDirectory(
                    path.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!missing.isEmpty()) LOG.warn("A copy had lost empty directories, which were made again: {}", missing);
    }

    /** The password keeps other users of this machine out. */
    private void create(DataDirectory data) throws IOException {
        var onlyOurs = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(passwordFile);
        Files.createFile(passwordFile, onlyOurs);
        Files.writeString(passwordFile, UUID.randomUUID().toString(), StandardOpenOption.SYNC);
        var unfinished = data.unfinished();
        programs.run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    }

    String password() throws IOException {
        return Files.readString(passwordFile).strip();
    }

    /** Answers the port. */
    int start() throws IOException {
        new Leftover(path).clear(programs);
        for (int attempt = 1; ; attempt++) {
            try {
                return startOn(freePort());
            } catch (IOException e) {
                if (attempt == ATTEMPTS
                        || !PASSING.matcher(String.valueOf(e.getMessage())).find()) throw e;
                LOG.info("PostgreSQL does not start yet: {}", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private int startOn(int port) throws IOException {
        var options = SETTINGS.stream().collect(Collectors.joining(" -c ", "-p " + port + " -c ", ""));
        programs.run("pg_ctl", "start", "-D", path, "-l", programs.log(), "-o", options, "-w", "-t", "120", "-s");
        return port;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    boolean isEnding() {
        try (var lines = Files.lines(path.resolve("postmaster.pid"))) {
            return lines.skip(STATUS_LINE).anyMatch("stopping"::equals);
        } catch (IOException | UncheckedIOException gone) {
            return true;
        }
    }

    void stop() throws IOException {
        programs.stop(path);
    }
}
