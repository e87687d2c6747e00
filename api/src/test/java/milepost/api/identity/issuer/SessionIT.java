package milepost.api.identity.issuer;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session is for the sign-in page alone: nobody gets into somebody else's, and it opens nothing but a code. */
@ExtendWith(SharedNode.class)
@TestInstance(Lifecycle.PER_CLASS)
class SessionIT {
    private final Node node;
    private final Somebody reader;

    SessionIT(Node node) {
        this.node = node;
        reader = Somebody.reader(node);
    }

    @Test
    void a_session_from_before_the_sign_in_is_worth_nothing() {
        var session = new SignIn(node.uri("").toString(), "127.0.15.1");
        session.get("/login");
        var planted = session.cookie();
        session.post(reader.username(), Somebody.PASSWORD);
        assertThat(planted).isNotEmpty();
        assertThat(session.cookie()).isNotEmpty().isNotEqualTo(planted);
        var signedIn = session.cookie();
        assertThat(SignIn.location(session.authorize(planted))).endsWith("/login");
        assertThat(SignIn.location(session.authorize(signedIn))).contains("code=");
    }

    @Test
    void without_the_pages_own_token_nobody_is_signed_in() {
        var log = AccessWatch.on(node);
        var session = new SignIn(node.uri("").toString(), "127.0.15.2");
        var form = Map.of("username", reader.username(), "password", Somebody.PASSWORD);
        assertThat(SignIn.location(session.post(form))).endsWith("/login");
        var others = new SignIn(node.uri("").toString(), "127.0.15.3").csrf();
        var forged = Map.of("_csrf", others, "username", reader.username(), "password", Somebody.PASSWORD);
        assertThat(SignIn.location(session.post(forged))).endsWith("/login");
        assertThat(SignIn.location(session.authorize())).endsWith("/login");
        assertThat(log.facts()).isEmpty();
    }

    @Test
    void without_the_pages_own_token_nobody_is_signed_out() {
        var session = reader.session("127.0.15.4");
        assertThat(Problem.of(session.signOut("guess"))).isEqualTo(problem(403, "not-allowed"));
        assertThat(SignIn.location(session.authorize())).contains("code=");
    }

    @Test
    void who_signs_out_ends_their_tokens_and_sessions_everywhere() {
        var leaving = Somebody.reader(node);
        var here = leaving.session("127.0.15.6");
        var elsewhere = leaving.session("127.0.15.7");
        var bearer = "Bearer " + elsewhere.token();
        var log = AccessWatch.on(node);
        here.signOut();
        node.awaitWithdrawn(bearer);
        assertThat(SignIn.location(elsewhere.authorize())).endsWith("/login");
        assertThat(log.types()).contains("SignedOut");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/plans", "/api/account", "/api/accounts", "/api/access-log"})
    void the_cookie_alone_reads_nothing(String path) {
        var cookie = reader.session("127.0.15.5").cookie();
        assertThat(Problem.of(node.get(path, "Cookie", cookie, "Authorization", "")))
                .isEqualTo(problem(401, "not-signed-in"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/plans", "/api/account/password", "/api/clients", "/api/accounts"})
    void the_cookie_alone_writes_nothing(String path) {
        var session = reader.session("127.0.15.6");
        assertThat(Problem.of(node.post(path, "{}", "Cookie", session.cookie(), "Authorization", "")))
                .isEqualTo(problem(401, "not-signed-in"));
    }

    @Test
    void the_cookie_is_for_no_script_and_no_other_site() {
        var cookie = new SignIn(node.uri("").toString(), "127.0.15.7")
                .get("/login")
                .headers()
                .firstValue("Set-Cookie")
                .orElse("");
        assertThat(cookie.split("; "))
                .contains("Path=/", "HttpOnly", "SameSite=Lax")
                .noneMatch(part -> part.startsWith("Domain"));
        assertThat(node.get("/api/plans").headers().firstValue("Set-Cookie"))
                .as("of the API")
                .isEmpty();
    }

    @Test
    void an_address_is_never_a_session() {
        var session = reader.session("127.0.15.8");
        var id = session.cookie().substring("JSESSIONID=".length());
        var bare = new SignIn(node.uri("").toString(), "127.0.15.8");
        assertThat(bare.get("/oauth2/authorize;jsessionid=" + id + "?response_type=code&client_id=milepost")
                        .statusCode())
                .isEqualTo(400);
        assertThat(bare.get("/login").body()).doesNotContain("jsessionid");
    }
}
