package milepost.ops.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import milepost.ops.Milepost;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks one node as the secretariat does, and about itself as an operator does. */
final class Client {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration TOKEN_AGE = Duration.ofMinutes(5);
    private static final int POLL = 20;
    private static final int PATIENCE_OF_POLLS = 4;

    private final int port;
    private final Map<String, Token> tokens = new HashMap<>();

    Client(int port) {
        this.port = port;
    }

    private record Token(String text, long since) {}

    String url() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<String> get(String path) {
        return send(request(url() + path, "demo-secretariat"));
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(url() + path, "demo-secretariat")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Of the secretariat; one lives for ten minutes. */
    String token() {
        return token("demo-secretariat");
    }

    private synchronized String token(String username) {
        return tokens.compute(
                        username,
                        (name, last) -> last != null && System.nanoTime() - last.since < TOKEN_AGE.toNanos()
                                ? last
                                : new Token(Milepost.token(url(), name), System.nanoTime()))
                .text;
    }

    HttpResponse<String> scrape() {
        return send(HttpRequest.newBuilder(management("prometheus")));
    }

    /** While a rebuild's rows take the place of the old ones, who asks may be told to come again. */
    JsonNode projections() {
        var answer = send(request(management("projections").toString(), "demo-operator"));
        if (answer.statusCode() == 503) return projections();
        if (answer.statusCode() != 200) throw new IllegalStateException(answer.body());
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Of all projections. */
    void rebuild() {
        var answer = send(request(management("projections/rebuild").toString(), "demo-operator")
                .POST(BodyPublishers.noBody()));
        if (answer.statusCode() != 202) throw new IllegalStateException(answer.body());
    }

    void awaitRebuilt() {
        await(
                "the rebuild",
                () -> projections().valueStream().allMatch(projection -> {
                    var rebuild = projection.path("rebuild");
                    if (rebuild.path("failure").isString()) throw new IllegalStateException(rebuild.toString());
                    return rebuild.path("finished").isString();
                }));
    }

    /** Of the projection that is farthest behind. */
    double lag(String what) {
        return projections()
                .valueStream()
                .mapToDouble(projection -> projection.path("lag").path(what).asDouble())
                .max()
                .orElseThrow();
    }

    void awaitReady() {
        await("readiness of " + url(), () -> isHealthy("readiness"));
    }

    /** It is up, and may still be building what is read. */
    void awaitLive() {
        await("liveness of " + url(), () -> isHealthy("liveness"));
    }

    void awaitCaughtUp() {
        await("the projections of " + url(), () -> lag("events") == 0);
    }

    private boolean isHealthy(String group) {
        try {
            return send(HttpRequest.newBuilder(management("health/" + group))).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The sum of a metric's samples whose line begins so. */
    double value(String sample) {
        return scrape().body()
                .lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    static void await(String what, BooleanSupplier condition) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        for (var asked = System.nanoTime(); !condition.getAsBoolean(); asked = System.nanoTime()) {
            if (System.nanoTime() > until) throw new IllegalStateException("waited too long for " + what);
            try {
                // Who is busy is asked less often: how far behind a projection is costs more the farther it is.
                Thread.sleep(
                        Math.max(POLL, PATIENCE_OF_POLLS * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private URI management(String path) {
        return URI.create("http://127.0.0.1:" + (port + 1) + "/actuator/" + path);
    }

    private HttpRequest.Builder request(String uri, String username) {
        return HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + token(username));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
