package milepost.api.identity.security;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.http.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too large, or no HTTP at all, is refused at once, and the next request is answered as ever. */
@ExtendWith(SharedNode.class)
@Timeout(60)
class SizesIT {
    private final Node node;

    SizesIT(Node node) {
        this.node = node;
    }

    @AfterEach
    void the_next_one_is_answered() {
        assertThat(node.get("/api/plans").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 1_000_000})
    void a_header_too_long(int length) {
        refused("GET /api/plans HTTP/1.1\r\nX-Long: " + "x".repeat(length), length < 100_000);
        refused("GET /api/plans HTTP/1.1\r\nAuthorization: Bearer " + "x".repeat(length), length < 100_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 1_000_000})
    void a_line_too_long(int length) {
        refused("GET /api/plans/" + "x".repeat(length) + " HTTP/1.1", length < 100_000);
        refused("GET /login?error=" + "x".repeat(length) + " HTTP/1.1", length < 100_000);
    }

    @Test
    void too_many_headers() {
        refused("GET /api/plans HTTP/1.1" + "\r\nX-Many: x".repeat(1_000), true);
    }

    @Test
    void too_many_parameters() {
        var query = "a=1&".repeat(3_000);
        assertThat(Problem.of(node.get("/api/plans?" + query)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/plans HTTP/1.1\r\nX Y: z",
                "GET /api/plans HTTP/1.1\r\nNo colon",
                "GET /api/plans HTTP/1.1\r\n: empty",
                "GET /api/plans HTTP/1.1\r\nX: a\u0000b",
                "GET /api/plans HTTP/9.9",
                "\u0016\u0003\u0001 HTTP/1.1",
                "POST /api/plans HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5",
                "POST /api/plans HTTP/1.1\r\nContent-Length: -1",
                "POST /api/plans HTTP/1.1\r\nContent-Length: many",
                "POST /api/plans HTTP/1.1\r\nContent-Length: 99999999999999999999",
                "POST /api/plans HTTP/1.1\r\nTransfer-Encoding: none\r\nContent-Length: 0"
            })
    void what_is_no_http(String request) {
        var answer = Raw.send(node.uri(""), request);
        assertThat(answer.status()).isIn(400, 401, 501, 505);
        assertThat(answer.isProblem()).as(answer.toString()).isTrue();
        says_nothing_of_itself(answer);
    }

    @Test
    void a_second_request_hidden_in_the_first_is_not_answered() {
        var hidden = "GET /api/access-log HTTP/1.1\r\nHost: x\r\n\r\n";
        var answer = Raw.sendBytes(
                node.uri(""),
                "POST /api/plans HTTP/1.1\r\nHost: x\r\nContent-Length: " + (5 + hidden.length())
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden);
        assertThat(answer.status()).isIn(400, 401);
        assertThat(answer.head() + answer.body()).containsOnlyOnce("HTTP/1.1 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {17_000, 900_000})
    void a_form_too_large(int length) {
        var session = new SignIn(node.uri("").toString(), "127.0.26.1");
        assertThat(Problem.of(session.post(
                        Map.of("_csrf", session.csrf(), "username", "somebody", "password", "x".repeat(length)))))
                .isEqualTo(problem(413, "too-large"));
    }

    @Test
    void a_body_too_large() {
        assertThat(Problem.of(node.post("/api/plans", "x".repeat(900_000)))).isEqualTo(problem(413, "too-large"));
        assertThat(Problem.of(node.post("/api/accounts", "{\"username\":\"" + "x".repeat(70_000) + "\"}")))
                .isEqualTo(problem(413, "too-large"));
    }

    @Test
    void a_body_without_end_is_not_listened_to() {
        var head = "POST /api/plans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: 2000000000\r\nAuthorization: ";
        assertThat(Raw.sendBytes(node.uri(""), head + "none\r\n\r\n" + "x".repeat(5_000_000))
                        .status())
                .isIn(0, 401);
        assertThat(Raw.sendBytes(node.uri(""), head + node.bearer("secretariat") + "\r\n\r\n" + "x".repeat(5_000_000))
                        .status())
                .isIn(0, 413);
    }

    /** @param isAnswered whether it is short enough to be read to its end */
    private void refused(String request, boolean isAnswered) {
        var answer = Raw.send(node.uri(""), request);
        assertThat(answer.status()).isIn(isAnswered ? new Object[] {400, 414, 431} : new Object[] {0, 400, 414, 431});
        if (isAnswered) assertThat(answer.isProblem()).as(answer.toString()).isTrue();
        says_nothing_of_itself(answer);
    }

    private static void says_nothing_of_itself(Raw answer) {
        assertThat(answer.head()).doesNotContain("Server:", "X-Powered-By");
        assertThat(answer.body()).doesNotContain("Tomcat", "tomcat", "Exception", "apache");
    }
}
