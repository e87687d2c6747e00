package milepost.ops;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real Prometheus with the configuration people have, but for Milepost's port, its own, and a second wherever it waits. */
final class Prometheus implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int port;

    private Prometheus(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Started on a storage and ready. */
    static Prometheus start(Path storage, Milepost milepost, Path directory) throws IOException {
        return start(storage, milepost, directory, "1s");
    }

    /** The same with so long from one scrape to the next, which is also how long a scrape may take. */
    static Prometheus start(Path storage, Milepost milepost, Path directory, String scrapes) throws IOException {
        var given = Milepost.root().resolve("ops/prometheus");
        for (var rules : List.of("recording.yml", "alerts.yml")) {
            var text = Files.readString(given.resolve(rules));
            Files.writeString(directory.resolve(rules), text.replaceAll("interval: \\d+m", "interval: 1s"));
        }
        var config = Files.readString(given.resolve("prometheus.yml"))
                .replace("127.0.0.1:8081", "127.0.0.1:" + (milepost.port() + 1))
                .replace("scrape_interval: 15s", "scrape_interval: " + scrapes)
                .replace("15s", "1s");
        Files.writeString(directory.resolve("prometheus.yml"), config);
        var port = Milepost.freePort();
        var log = directory.resolve("prometheus.log");
        var process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + directory.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + storage,
                        "--storage.tsdb.retention.time=20y",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var prometheus = new Prometheus(process, log, port);
        Milepost.await("to be ready", () -> prometheus.isReady() || !process.isAlive());
        if (!process.isAlive()) throw new AssertionError("Prometheus did not start:\n" + Files.readString(log));
        return prometheus;
    }

    private boolean isReady() {
        try {
            return Files.readString(log).contains("Server is ready to receive web requests");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a query answers from one time to another: series, each with its labels and a value for each step that has one. */
    List<JsonNode> range(String query, Instant from, Instant to, Duration step) {
        var times = "&start=" + from + "&end=" + to + "&step=" + step.toSeconds();
        return get("/api/v1/query_range?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + times)
                .path("result")
                .valueStream()
                .toList();
    }

    /** The values of a label, of the series a selector is about. */
    List<String> values(String label, String selector) {
        return texts(get("/api/v1/label/" + label + "/values?match%5B%5D="
                + URLEncoder.encode(selector, StandardCharsets.UTF_8)));
    }

    /** The names of all series. */
    List<String> names() {
        return texts(get("/api/v1/label/__name__/values"));
    }

    /** The names of all labels. */
    List<String> labels() {
        return texts(get("/api/v1/labels"));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    /** What a query answers at a time: series, each with its labels and a value. */
    List<JsonNode> query(String query, Instant time) {
        var parameters = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&time=" + time;
        return get("/api/v1/query?" + parameters).path("result").valueStream().toList();
    }

    private JsonNode get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2))
                .build();
        try {
            var answer = JsonMapper.shared()
                    .readTree(HTTP.send(request, BodyHandlers.ofString()).body());
            if (!answer.path("status").asString("").equals("success")) throw new AssertionError(path + ": " + answer);
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rules, those that record and those that alert, each with its name and query. */
    List<JsonNode> rules() {
        return get("/api/v1/rules")
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    /** What is pending or firing: each alert's state, and the plan, projection or node it is about. */
    Map<String, String> alerts() {
        return get("/api/v1/alerts")
                .path("alerts")
                .valueStream()
                .collect(toMap(
                        alert -> alert.at("/labels/alertname").asString(),
                        alert -> (alert.path("state").asString() + " "
                                        + Stream.of("plan", "processor", "instance")
                                                .map(label -> alert.path("labels")
                                                        .path(label)
                                                        .asString(""))
                                                .collect(joining()))
                                .strip(),
                        (one, other) -> one + ", " + other));
    }

    @Override
    public void close() {
        process.destroy();
        Milepost.await("to stop", () -> !process.isAlive());
    }
}
