package milepost.ops.verify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import milepost.event.json.EventJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server over HTTP, asked as an auditor. */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String url;
    private final @Nullable String token;

    Server(String url, @Nullable String token) {
        this.url = url.replaceFirst("/+$", "");
        this.token = token;
    }

    /** What is at a path; empty if nothing is. */
    Optional<String> text(String path) {
        return get(path, "*/*", BodyHandlers.ofString()).map(HttpResponse::body);
    }

    Optional<JsonNode> json(String path) {
        return get(path, "application/json", BodyHandlers.ofString()).map(answer -> read(path, answer.body()));
    }

    /** One value a line. */
    Optional<Stream<JsonNode>> ndjson(String path) {
        return get(path, "application/x-ndjson", BodyHandlers.ofLines())
                .map(answer -> answer.body().map(line -> read(path, line)));
    }

    Path download(String path, Path to) {
        return get(path, "*/*", BodyHandlers.ofFile(to))
                .orElseThrow(() -> new Unusable(url + path + " is not there: does Milepost run at this address?"))
                .body();
    }

    private JsonNode read(String path, String json) {
        try {
            return byFacts(EventJson.MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new Wrong(url + path + " answers what is no JSON: " + e.getOriginalMessage());
        }
    }

    /** What a document is called, which evidence names, stands in no fact. */
    private static JsonNode byFacts(JsonNode answer) {
        for (var evidence : answer.findParents("document")) {
            if (evidence instanceof ObjectNode object && object.has("url")) object.remove("document");
        }
        return answer;
    }

    private <T> Optional<HttpResponse<T>> get(String path, String accept, BodyHandler<T> body) {
        var request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).header("Accept", accept);
        if (token != null) request.header("Authorization", "Bearer " + token);
        for (var waited = Duration.ZERO; ; ) {
            var answer = send(request.build(), body);
            switch (answer.statusCode()) {
                case 200 -> {
                    return Optional.of(answer);
                }
                case 404 -> {
                    return Optional.empty();
                }
                case 401 ->
                    throw new Unusable(url + " does not know you (401): sign in as an auditor, for example by"
                            + " export MILEPOST_TOKEN=$(ops/token USERNAME " + url + ")");
                case 403 -> throw new Unusable(url + path + " is not for you (403): MILEPOST_TOKEN is no auditor's");
                case 429, 503 -> {
                    var wait = retryAfter(answer);
                    waited = waited.plus(wait);
                    if (waited.compareTo(LONGEST_PAUSE) > 0) {
                        throw new Unusable(url + path + " is too busy (" + answer.statusCode() + "): try again in "
                                + wait.toSeconds() + " s");
                    }
                    pause(wait);
                }
                default -> throw new Unusable(url + path + " answers " + answer.statusCode());
            }
        }
    }

    private URI uri(String path) {
        try {
            return URI.create(url + path);
        } catch (IllegalArgumentException e) {
            throw new Unusable(url + " is no address of a server");
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new Unusable(url + " does not answer: " + e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        var seconds = answer.headers().firstValue("Retry-After").filter(value -> value.matches("\\d{1,9}"));
        return Duration.ofSeconds(Math.max(1, seconds.map(Long::parseLong).orElse(1L)));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
