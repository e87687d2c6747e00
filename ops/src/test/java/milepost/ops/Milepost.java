package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of its own, by {@code ops/run} or as an image runs it, started, asked and killed as a person would. */
public final class Milepost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Below those that the system lends; two runs at a time begin elsewhere. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(10_000 + 2 * ThreadLocalRandom.current().nextInt(9_000));

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final Path log;
    private final int port;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private Milepost(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Started, not waited for, as an image does it; where there would be an empty database, on that of {@link FirstStart}. */
    static Milepost launch(Path data, int port, Map<String, String> settings) {
        if (!settings.containsKey("MILEPOST_DB_URL") && isNew(data)) FirstStart.copyTo(data);
        var command = new ArrayList<>(List.of(java(), "-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(QUICK_START);
        command.addAll(locale());
        command.addAll(FirstStart.options());
        return launch(data, port, settings, new ProcessBuilder(command));
    }

    /** The same by {@code ops/run}; the first words of the command may be another program's. */
    static Milepost run(Path data, int port, Map<String, String> settings, String... before) {
        return run(data, port, settings, QUICK_START, before);
    }

    /** The same with a Java of these options. */
    public static Milepost run(
            Path data, int port, Map<String, String> settings, List<String> options, String... before) {
        var command = new ArrayList<>(List.of(before));
        command.add(root().resolve("ops/run").toString());
        var builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var java = Stream.concat(options.stream(), locale().stream()).collect(Collectors.joining(" "));
        builder.environment().put("JAVA_OPTS", java);
        return launch(data, port, settings, builder);
    }

    private static Milepost launch(Path data, int port, Map<String, String> settings, ProcessBuilder builder) {
        try {
            var log = Files.createTempFile("milepost", ".log");
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            builder.environment().put("MILEPOST_DATA_DIR", data.toString());
            builder.environment().put("MILEPOST_DEMO", "true");
            builder.environment().putAll(settings);
            return new Milepost(builder.start(), log, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> locale() {
        return List.of(
                "-Duser.language=" + System.getProperty("user.language"),
                "-Duser.country=" + System.getProperty("user.country"));
    }

    private static boolean isNew(Path data) {
        var files = data.toFile().list();
        return files == null || files.length == 0;
    }

    /** Started and ready. */
    static Milepost start(Path data) {
        return launch(data, freePort(), Map.of()).awaitReady();
    }

    Milepost awaitReady() {
        await("to be ready", () -> log().contains("Milepost is ready") || !process.isAlive());
        if (!process.isAlive()) throw new AssertionError("Milepost did not start:\n" + log());
        return this;
    }

    /** A port whose successor is free as well; nobody else of this run gets either, and none is lent to a client meanwhile. */
    public static int freePort() {
        for (var attempt = 0; attempt < 1_000; attempt++) {
            var port = NEXT_PORT.getAndAdd(2);
            try (var one = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    var next = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
                return Math.min(one.getLocalPort(), next.getLocalPort());
            } catch (IOException e) {
                // somebody has it: try another
            }
        }
        throw new AssertionError("no two free ports beside each other");
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Everything it has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastLine() {
        return log().strip().lines().reduce("", (first, second) -> second);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What the secretariat is answered. */
    String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", bearer()));
    }

    /** @param headers names and values by turns */
    String post(String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + path));
        if (headers.length > 0) request.headers(headers);
        return send(request.header("Authorization", bearer())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private String bearer() {
        return "Bearer " + token("demo-secretariat");
    }

    /** What the secretariat downloads. */
    Path download(HttpRequest.Builder request, Path file) {
        try {
            return HTTP.send(
                            request.header("Authorization", bearer())
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.ofFile(file))
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a demonstration account; no test takes the ten minutes of a token. */
    String token(String username) {
        return tokens.computeIfAbsent(username, name -> token(url(), name));
    }

    /** By the script that people have. */
    public static String token(String url, String username) {
        Tool.require("curl", "curl");
        Tool.require("openssl", "openssl");
        try {
            var script = new ProcessBuilder(root().resolve("ops/token").toString(), username, url);
            script.environment().put("MILEPOST_PASSWORD", "milepost-demo");
            var signIn = script.redirectErrorStream(true).start();
            var printed = new String(signIn.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (signIn.waitFor() != 0) throw new AssertionError(printed);
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the auditor's command says of its log beside what was kept of it; its Java ends, too, before C2 pays. */
    Said verify(Path kept) {
        return Said.by(
                Map.of("MILEPOST_TOKEN", token("demo-auditor"), "JDK_JAVA_OPTIONS", String.join(" ", QUICK_START)),
                root().resolve("ops/verify").toString(),
                url(),
                "--checkpoint",
                kept.toString());
    }

    /** The repository. */
    public static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("milepost.root"), "run by Maven"))
                .toAbsolutePath()
                .normalize();
    }

    /** Tells it to stop, as an operator or a container does, and does not wait. */
    void stop() {
        process.destroy();
    }

    /** Whether it takes no connections. */
    boolean isRefusing() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    /** The status of its readiness. */
    int readiness() {
        var uri = URI.create("http://127.0.0.1:" + (port + 1) + "/actuator/health/readiness");
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How it ended, by itself. */
    int exitCode() {
        await("to end", () -> !process.isAlive());
        return process.exitValue();
    }

    /** {@code kill -9} of Java; PostgreSQL goes on. */
    void killHard() {
        process.destroyForcibly();
        await("to be gone", () -> !process.isAlive());
    }

    /** SIGTERM to Java and to each process of PostgreSQL, as systemd has it unless a unit says KillMode=mixed. */
    void stopWithPostgres(Path data) {
        var server = postmaster(data);
        var backends = server.descendants().toList();
        stop();
        server.destroy();
        backends.forEach(ProcessHandle::destroy);
    }

    /** What the embedded server of a data directory answers. */
    static String psql(Path data, String sql) {
        try {
            var port =
                    Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
            var password = Files.readString(data.resolve("password")).strip();
            var said = Said.by(
                    Map.of("PGPASSWORD", password),
                    "psql",
                    "-qtAX",
                    "-v",
                    "ON_ERROR_STOP=1",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    port,
                    "-U",
                    "milepost",
                    "-c",
                    sql,
                    "postgres");
            assertThat(said.exitCode()).as(said.text()).isZero();
            return said.text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9} of PostgreSQL's processes too. */
    static void killPostgres(Path data) {
        var server = postmaster(data);
        var backends = server.descendants().toList();
        server.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
        await("PostgreSQL to be gone", () -> !server.isAlive());
    }

    private static ProcessHandle postmaster(Path data) {
        try {
            var pid =
                    Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) throw new AssertionError("waited too long for it " + what);
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** As Ctrl-C does. */
    @Override
    public void close() {
        var java = process.children()
                .findFirst()
                .filter(child -> process.info().command().orElse("").endsWith("strace"));
        java.ifPresentOrElse(ProcessHandle::destroy, process::destroy);
        await("to stop", () -> !process.isAlive());
    }

    private static String send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
