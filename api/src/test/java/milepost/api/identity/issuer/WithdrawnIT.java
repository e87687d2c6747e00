package milepost.api.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.Somebody;
import milepost.api.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was granted ends when the account changes, not when the token expires. */
@ExtendWith(SharedNode.class)
class WithdrawnIT {
    private final Node node;

    WithdrawnIT(Node node) {
        this.node = node;
    }

    @Test
    void a_disabled_account_has_neither_token_nor_session() {
        var reader = Somebody.reader(node);
        var session = reader.session("127.0.6.1");
        var token = "Bearer " + session.token();
        assertThat(own(token)).isEqualTo("reader");
        var code = session.code();
        reader.disable();
        node.awaitWithdrawn(token);
        var refused = node.get("/api/account", "Authorization", token);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("error_description=\"The token was withdrawn; get a new one");
        hasToSignIn(session);
        assertThat(session.exchange(code, SignIn.VERIFIER).statusCode())
                .as("a code from before")
                .isEqualTo(400);
        assertThat(SignIn.location(session.post(reader.username(), Somebody.PASSWORD)))
                .endsWith("/login?error");
    }

    @Test
    void another_role_is_another_sign_in() {
        var somebody = Somebody.reader(node);
        var session = somebody.session("127.0.6.2");
        var token = "Bearer " + session.token();
        somebody.appoint(Role.AUDITOR, Set.of());
        node.awaitWithdrawn(token);
        hasToSignIn(session);
        assertThat(own(somebody.bearer())).isEqualTo("auditor");
    }

    @Test
    void a_changed_password_ends_what_the_old_one_began() {
        var reader = Somebody.reader(node);
        var session = reader.session("127.0.6.3");
        var token = "Bearer " + session.token();
        var change = "{\"current\":\"%s\",\"changed\":\"another long password\"}".formatted(Somebody.PASSWORD);
        assertThat(node.post("/api/account/password", change, "Authorization", token)
                        .statusCode())
                .isEqualTo(204);
        node.awaitWithdrawn(token);
        hasToSignIn(session);
        assertThat(SignIn.location(session.post(reader.username(), Somebody.PASSWORD)))
                .endsWith("/login?error");
        assertThat(SignIn.location(session.post(reader.username(), "another long password")))
                .as("goes on where they had to sign in")
                .contains("/oauth2/authorize?");
    }

    @Test
    void who_signed_out_has_to_sign_in_again() {
        var session = Somebody.reader(node).session("127.0.6.4");
        var before = session.cookie();
        assertThat(session.signOut().statusCode()).isEqualTo(302);
        hasToSignIn(session);
        assertThat(SignIn.location(session.authorize(before)))
                .as("with the old cookie")
                .endsWith("/login");
    }

    /** Seen once is enough: a busy machine can take more than a second from the change to the answer. */
    @Test
    void who_only_reads_is_not_looked_up_each_time_at_either_port() {
        var operator = Somebody.of(node, Role.OPERATOR, Set.of(), null);
        var token = operator.bearer();
        for (var uri : List.of(node.uri("/api/account"), node.managementUri("/actuator"))) {
            var request = HttpRequest.newBuilder(uri).header("Authorization", token);
            var seen = false;
            for (var i = 0; i < 50 && !seen; i++) {
                if (status(request) != 200) {
                    Node.pause(200);
                    continue;
                }
                enable(operator, false);
                seen = status(request) == 200;
                enable(operator, true);
            }
            assertThat(seen).as(uri.getPath()).isTrue();
        }
    }

    private int status(HttpRequest.Builder request) {
        return node.send("127.0.7.2", request).statusCode();
    }

    private void enable(Somebody somebody, boolean enabled) {
        node.sql()
                .sql("update account set enabled = ? where subject = ?")
                .params(enabled, somebody.subject())
                .update();
    }

    private static void hasToSignIn(SignIn session) {
        var answer = session.authorize();
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(SignIn.location(answer)).endsWith("/login");
    }

    private String own(String token) {
        return Node.json(node.get("/api/account", "Authorization", token))
                .path("role")
                .asString();
    }
}
