package milepost.api.identity.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer tells the browser to load nothing foreign into it, to frame it nowhere, and to tell others nothing of it. */
@ExtendWith(SharedNode.class)
class HeadersIT {
    private final Node node;

    HeadersIT(Node node) {
        this.node = node;
    }

    @ParameterizedTest
    @CsvSource({
        "200, /api/plans",
        "200, /api/network",
        "200, /api/account",
        "400, /api/plans?contry=TH",
        "403, /api/access-log",
        "404, /api/plans/none",
        "404, /nothing",
        "200, /login",
        "200, /login?error",
        "200, /default-ui.css",
        "302, /oauth2/authorize?response_type=code&client_id=milepost&code_challenge=c&code_challenge_method=S256&redirect_uri=http://127.0.0.1/callback",
        "400, /oauth2/authorize?response_type=code&client_id=nobody",
        "200, /oauth2/jwks",
        "200, /.well-known/oauth-authorization-server",
        "200, /v3/api-docs",
        "302, /api",
        "200, /swagger-ui/index.html"
    })
    void on_every_answer(int status, String path) {
        guarded(status, node.get(path));
    }

    @Test
    void on_what_is_refused_before_it_is_looked_at() {
        guarded(401, node.get("/api/plans", "Authorization", ""));
        guarded(401, node.get("/api/plans", "Authorization", "Bearer x"));
        guarded(415, node.post("/api/plans", "{}", "Content-Type", "text/plain"));
        guarded(401, post("/oauth2/token"));
        guarded(302, post("/login"));
        guarded(403, post("/logout"));
        guarded(400, post("/oauth2/authorize"));
        guarded(404, post("/error"));
        guarded(401, node.send(HttpRequest.newBuilder(node.managementUri("/actuator/projections"))));
    }

    @Test
    void the_page_has_nothing_in_line() {
        var page = new SignIn(node.uri("").toString(), "127.0.27.1")
                .get("/login?error&logout")
                .body();
        assertThat(page).doesNotContain("<script", "<style", "style=", "javascript:", "onclick", "http://", "https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "OPTIONS", "HEAD"})
    void no_other_site_may_read_anything(String method) {
        for (var path : List.of("/api/plans", "/oauth2/token", "/oauth2/jwks", "/login", "/v3/api-docs")) {
            for (var origin :
                    List.of("https://evil.example", "null", node.uri("").toString() + ".evil.example")) {
                var request = HttpRequest.newBuilder(node.uri(path))
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization")
                        .method(method, BodyPublishers.noBody());
                var answer = node.send("127.0.27.2", request);
                assertThat(answer.headers().map().keySet())
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
            }
        }
    }

    private HttpResponse<String> post(String path) {
        return node.send(HttpRequest.newBuilder(node.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=b")));
    }

    private static void guarded(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(status);
        var headers = answer.headers();
        var content = value(headers, "Content-Security-Policy").split("; ?");
        assertThat(content)
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'self' http://127.0.0.1:*");
        assertThat(content).noneMatch(rule -> rule.contains("unsafe"));
        assertThat(content)
                .filteredOn(rule -> !rule.startsWith("form-action"))
                .noneMatch(rule -> rule.contains("*") || rule.contains("http"));
        assertThat(value(headers, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(value(headers, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(value(headers, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(value(headers, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(value(headers, "Cache-Control")).contains("no-store");
        assertThat(headers.map()).doesNotContainKeys("server", "x-powered-by", "strict-transport-security");
    }

    private static String value(HttpHeaders headers, String name) {
        return headers.firstValue(name).orElse("");
    }
}
