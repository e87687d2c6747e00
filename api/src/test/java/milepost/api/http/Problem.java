package milepost.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import milepost.api.Node;

/** A refusal as its receiver reads it: status, code and the fields to blame. */
public record Problem(int status, String code, List<String> fields) {
    public static Problem problem(int status, String code, String... fields) {
        return new Problem(status, code, List.of(fields));
    }

    /** Reads a response that must be an RFC 9457 problem; and must say when to come again, if it was too fast. */
    public static Problem of(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var body = Node.json(response);
        assertThat(body.path("status").asInt()).isEqualTo(response.statusCode());
        assertThat(body.path("title").asString()).isNotBlank();
        assertThat(body.path("detail").asString()).isNotBlank();
        assertThat(body.path("errors").isArray()).isTrue();
        assertThat(body.path("traceId").asString()).matches("[0-9a-f]{32}");
        if (response.statusCode() == 429) {
            var seconds = response.headers().firstValue("Retry-After").orElse("none");
            assertThat(Integer.parseInt(seconds)).isBetween(1, 60);
        }
        body.path("errors")
                .forEach(error -> assertThat(error.path("message").asString()).isNotBlank());
        return new Problem(
                response.statusCode(),
                body.path("code").asString(),
                body.path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString())
                        .toList());
    }
}
