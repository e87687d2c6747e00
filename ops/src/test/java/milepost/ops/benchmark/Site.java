package milepost.ops.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import milepost.ops.Cluster;
import milepost.ops.Filling;
import milepost.ops.Milepost;

/** One PostgreSQL for the whole run, its databases, and the nodes started on them. */
final class Site implements AutoCloseable {
    private static final String EMPTY = "milepost_empty";

    final Cluster cluster;
    private final Path directory;
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "MILEPOST_DATASET", "none",
            // One client is all there is: what it may ask in a minute is not measured.
            "MILEPOST_LIMITS_REQUESTS_PER_MINUTE_AND_ADDRESS", "100000000",
            "MILEPOST_LIMITS_REQUESTS_PER_MINUTE_AND_ACCOUNT", "100000000"));
    private final List<Milepost> nodes = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    Site() throws IOException {
        directory = Files.createTempDirectory("milepost-benchmark");
        // PostgreSQL is another user's where root runs this.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        cluster = Cluster.start(
                Files.createDirectory(directory.resolve("postgresql")), "fsync=on", "max_connections=200");
        cluster.ask("postgres", "create database " + EMPTY);
        var first = launch(EMPTY, Map.of());
        new Client(first.port()).awaitReady();
        first.close();
        settings.put(
                "MILEPOST_AUDIT_KEY",
                Files.readString(directory.resolve(EMPTY + "-0").resolve("audit-key.pem")));
    }

    /** With the accounts of the demonstration, and no plans. */
    void create(String database) {
        cluster.ask("postgres", "create database " + database + " template " + EMPTY);
    }

    void copy(String database, String from) {
        cluster.ask("postgres", "create database " + database + " template " + from);
    }

    Connection connect(String database) throws SQLException {
        var given = cluster.settings(database);
        return DriverManager.getConnection(
                given.get("MILEPOST_DB_URL"), given.get("MILEPOST_DB_USER"), given.get("MILEPOST_DB_PASSWORD"));
    }

    void fill(String database, String name, int plans, int facts) {
        try (var connection = connect(database)) {
            Filling.fill(connection, name, plans, facts);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A node by {@code ops/run}, not waited for; {@code JAVA_OPTS} of the environment are its Java's. */
    Milepost launch(String database, Map<String, String> more) {
        var all = new HashMap<>(environment(database));
        all.putAll(more);
        var options = System.getenv().getOrDefault("JAVA_OPTS", "");
        var node = Milepost.run(
                directory.resolve(database + "-" + nodes.size()), Milepost.freePort(), all, List.of(options));
        nodes.add(node);
        return node;
    }

    /** The same, once it is ready and has nothing left to do. */
    Milepost start(String database) {
        var node = launch(database, Map.of());
        var client = new Client(node.port());
        client.awaitReady();
        client.awaitCaughtUp();
        awaitIntegrated(database);
        return node;
    }

    /** Until the audit log has all facts. */
    void awaitIntegrated(String database) {
        var whole =
                "select coalesce((select max(size) from audit_checkpoint), 0) = (select max(position) from event_log)";
        Client.await(
                "the audit log of " + database,
                () -> cluster.ask(database, whole).equals("t"));
    }

    /** First on facts that were put there past it, then anew: nothing of that first work is in memory or under way. */
    Milepost startOnFacts(String database) {
        start(database).close();
        return start(database);
    }

    Map<String, String> environment(String database) {
        var all = new HashMap<>(settings);
        all.putAll(cluster.settings(database));
        return all;
    }

    /** Another Java, with as much memory as a node has. */
    Process java(List<String> arguments, Map<String, String> environment) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(arguments);
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            var process = builder.start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory(String name) {
        return directory.resolve(name);
    }

    /** Once, whether the run ends or is ended. */
    @Override
    public synchronized void close() {
        if (!Files.exists(directory)) return;
        processes.forEach(Process::destroy);
        nodes.forEach(Milepost::close);
        if (cluster != null) cluster.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
