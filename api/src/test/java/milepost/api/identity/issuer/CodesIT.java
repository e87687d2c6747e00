package milepost.api.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.Somebody;
import milepost.api.http.Edge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session becomes a token by a code, which works once, for who asked for it, at an address that was agreed on. */
@ExtendWith(SharedNode.class)
class CodesIT {
    private static final String CHALLENGE =
            "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

    private final Node node;
    private final SignIn session;

    CodesIT(Node node) {
        this.node = node;
        session = Somebody.reader(node).session("127.0.4.1");
    }

    @Test
    void a_token_lives_ten_minutes() {
        var answer = Node.json(session.exchange(session.code(), SignIn.VERIFIER));
        assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isBetween(599, 600);
        assertThat(answer.has("refresh_token")).isFalse();
    }

    @Test
    void a_code_works_once_and_who_tries_again_ends_what_it_gave() {
        var code = session.code();
        var token = Node.json(session.exchange(code, SignIn.VERIFIER)).path("access_token");
        var bearer = "Bearer " + token.asString();
        assertThat(node.get("/api/account", "Authorization", bearer).statusCode())
                .isEqualTo(200);
        refused(session.exchange(code, SignIn.VERIFIER), 400, "invalid_grant");
        node.awaitWithdrawn(bearer);
        assertThat(SignIn.location(session.authorize())).endsWith("/login");
    }

    @Test
    void a_code_works_once_however_many_try_at_the_same_moment() {
        var code = session.code();
        assertThat(Edge.atOnce(8, i -> session.exchange(code, SignIn.VERIFIER).statusCode()))
                .containsOnlyOnce(200)
                .containsOnly(200, 400);
    }

    @Test
    void a_wrong_verifier_spoils_no_code_and_gets_no_token() {
        var code = session.code();
        refused(session.exchange(code, "another-verifier-of-forty-three-characters-"), 400, "invalid_grant");
        refused(token(Map.of("code", code)), 401, "invalid_client");
        refused(token(Map.of("code", code, "code_verifier", "")), 400, "invalid_grant");
        refused(token(Map.of("code", "another", "code_verifier", SignIn.VERIFIER)), 400, "invalid_grant");
        assertThat(session.exchange(code, SignIn.VERIFIER).statusCode()).isEqualTo(200);
    }

    @Test
    void a_code_belongs_to_the_address_it_was_sent_to() {
        refused(
                token(Map.of(
                        "code",
                        session.code(),
                        "code_verifier",
                        SignIn.VERIFIER,
                        "redirect_uri",
                        "http://127.0.0.1:1/callback")),
                400,
                "invalid_grant");
    }

    @Test
    void a_code_belongs_to_the_client_that_asked_for_it() {
        var program = Somebody.credentials(Somebody.reader(node).client("{\"name\":\"thief\"}"));
        var form = new HashMap<>(program);
        form.putAll(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                session.code(),
                "code_verifier",
                SignIn.VERIFIER,
                "redirect_uri",
                SignIn.CALLBACK));
        assertThat(post(form).statusCode()).isIn(400, 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&code_challenge=" + SignIn.VERIFIER + "&code_challenge_method=plain",
                "&code_challenge=" + SignIn.VERIFIER,
                "&code_challenge_method=S256"
            })
    void without_a_challenge_there_is_no_code(String challenge) {
        assertThat(SignIn.location(authorize("milepost", SignIn.CALLBACK, challenge)))
                .startsWith(SignIn.CALLBACK + "?error=invalid_request")
                .doesNotContain("code=");
    }

    @ParameterizedTest
    @CsvSource({
        "milepost, https://evil.example/callback",
        "milepost, http://127.0.0.1.evil.example/callback",
        "milepost, http://127.0.0.1@evil.example/callback",
        "milepost, http://127.0.0.1/callback/../other",
        "milepost, http://127.0.0.1/callback?next=//evil.example",
        "milepost, http://localhost/callback",
        "milepost, https://127.0.0.1/callback",
        "milepost, javascript:alert(1)",
        "milepost, /callback",
        "nobody, http://127.0.0.1/callback"
    })
    void nobody_is_sent_to_an_address_that_was_not_agreed_on(String client, String address) {
        var answer = authorize(client, address, CHALLENGE);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void a_program_on_this_machine_chooses_its_port() {
        assertThat(SignIn.location(authorize("milepost", "http://127.0.0.1:4711/callback", CHALLENGE)))
                .startsWith("http://127.0.0.1:4711/callback?code=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "refresh_token",
                "implicit",
                "urn:ietf:params:oauth:grant-type:device_code",
                "urn:ietf:params:oauth:grant-type:token-exchange"
            })
    void there_is_no_other_way_to_a_token(String grant) {
        var form = new HashMap<>(Somebody.credentials(Somebody.reader(node).client("{\"name\":\"curious\"}")));
        form.put("grant_type", grant);
        form.putAll(Map.of("username", "demo-reader", "password", "milepost-demo", "refresh_token", "x"));
        assertThat(List.of(400, 401)).contains(post(form).statusCode());
    }

    @Test
    void who_gives_no_credentials_is_told_so_and_not_sent_to_a_page() {
        refused(post(Map.of()), 401, "invalid_client");
        refused(post(Map.of("grant_type", "client_credentials", "client_id", "milepost")), 401, "invalid_client");
    }

    @Test
    void without_a_session_one_has_to_sign_in_first() {
        var answer = new SignIn(node.uri("").toString()).authorize();
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(SignIn.location(answer)).endsWith("/login");
    }

    private HttpResponse<String> authorize(String client, String address, String challenge) {
        return session.get("/oauth2/authorize?response_type=code&state=s&client_id=" + client + "&redirect_uri="
                + SignIn.encoded(address) + challenge);
    }

    /** Of the client for people, which has no secret. */
    private HttpResponse<String> token(Map<String, String> more) {
        var form = new HashMap<>(Map.of(
                "grant_type", "authorization_code",
                "client_id", "milepost",
                "redirect_uri", SignIn.CALLBACK));
        form.putAll(more);
        return post(form);
    }

    private HttpResponse<String> post(Map<String, String> form) {
        return node.send(HttpRequest.newBuilder(node.uri("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(SignIn.form(form)));
    }

    private static void refused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Node.json(answer).path("error").asString()).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("access_token");
    }
}
