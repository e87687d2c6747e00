package milepost.api.identity.security;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Supplier;
import milepost.api.Node;
import milepost.api.SignIn;
import milepost.api.TestServer;
import milepost.api.http.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody takes more than their share of a minute, and nobody is held up by others. */
class LimitsIT {
    private static final int OF_ADDRESS = 40;
    private static final int OF_ACCOUNT = 15;

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.on(
                TestServer.createDatabase(),
                "milepost.dataset=none",
                "milepost.limits.requests-per-minute-and-address=" + OF_ADDRESS,
                "milepost.limits.requests-per-minute-and-account=" + OF_ACCOUNT);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void an_account_has_its_share_from_wherever_it_asks() {
        assertThat(answered(() -> get("127.0.30.1", "reader"))).isBetween(OF_ACCOUNT, OF_ACCOUNT + 5);
        assertThat(Problem.of(get("127.0.30.2", "reader"))).isEqualTo(problem(429, "too-fast"));
        assertThat(get("127.0.30.1", "auditor").statusCode()).as("another").isEqualTo(200);
    }

    @Test
    void an_address_has_its_share_whoever_asks_and_whatever_it_says() {
        assertThat(answered(() -> anonymous("127.0.31.1", "/api/plans"))).isBetween(OF_ADDRESS, OF_ADDRESS + 15);
        for (var path : new String[] {"/api/network", "/login", "/oauth2/jwks", "/v3/api-docs", "/nothing"}) {
            assertThat(exhausted("127.0.31.1", path)).as(path).isEqualTo(problem(429, "too-fast"));
        }
        assertThat(anonymous("127.0.31.2", "/api/plans").statusCode())
                .as("another")
                .isEqualTo(401);
    }

    @Test
    void guesses_at_the_token_endpoint_count_as_well() {
        Supplier<HttpResponse<String>> guess = () -> node.send(
                "127.0.32.1",
                HttpRequest.newBuilder(node.uri("/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "grant_type=authorization_code&client_id=milepost&code=a&code_verifier=b")));
        assertThat(answered(guess)).isBetween(30, 45);
    }

    @Test
    void the_page_says_too_fast_to_who_tries_too_often() {
        var session = new SignIn(node.uri("").toString(), "127.0.33.1");
        var csrf = session.csrf();
        Supplier<HttpResponse<String>> attempt =
                () -> session.post(Map.of("_csrf", csrf, "username", "demo-nobody", "password", "wrong"));
        assertThat(answered(attempt)).isBetween(5, 8);
    }

    /** How many are answered before the first that is too fast. */
    private static int answered(Supplier<HttpResponse<String>> request) {
        for (var i = 0; i < 1_000; i++) {
            var answer = request.get();
            if (answer.statusCode() != 429) continue;
            assertThat(Problem.of(answer)).isEqualTo(problem(429, "too-fast"));
            return i;
        }
        throw new AssertionError("never too fast");
    }

    /** Asked twice, since a moment may have been enough for one more. */
    private static Problem exhausted(String from, String path) {
        anonymous(from, path);
        return Problem.of(anonymous(from, path));
    }

    private static HttpResponse<String> get(String from, String account) {
        return node.send(from, node.request("/api/plans", "Authorization", node.bearer(account)));
    }

    private static HttpResponse<String> anonymous(String from, String path) {
        return node.send(
                from,
                node.request(
                        path, "Authorization", "", "X-Forwarded-For", "192.0.2." + Math.abs(path.hashCode() % 250)));
    }
}
