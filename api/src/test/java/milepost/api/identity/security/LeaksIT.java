package milepost.api.identity.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.Somebody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** What was sent to prove who one is appears in no answer, no log line and no fact; nor does how Milepost is made. */
@ExtendWith({SharedNode.class, OutputCaptureExtension.class})
class LeaksIT {
    private static final String SECRET = "s3cr3t-that-was-typed";

    private final Node node;

    LeaksIT(Node node) {
        this.node = node;
    }

    @Test
    void refusals_keep_secrets(CapturedOutput output) {
        var reader = Somebody.reader(node);
        var token = reader.bearer();
        var client = reader.client("{\"name\":\"import\"}");
        var secret = client.path("secret").asString();
        var begin = output.getAll().length();
        var answers = new ArrayList<String>();

        var session = new SignIn(node.uri("").toString(), "127.0.28.1");
        session.post(reader.username(), SECRET);
        answers.add(session.get("/login?error").body());
        answers.add(session.post(Map.of("username", SECRET, "password", SECRET)).body());
        answers.add(session.exchange(SECRET, SignIn.VERIFIER).body());
        answers.add(session.get("/oauth2/authorize?response_type=code&client_id=milepost&redirect_uri=" + SECRET)
                .body());
        answers.add(token("client_id", client.path("client").path("client").asString(), "client_secret", SECRET));
        answers.add(token("client_id", SECRET, "client_secret", secret));
        for (var bad : List.of("Bearer " + SECRET, token + "x", "Basic " + SECRET, token.toLowerCase(Locale.ROOT))) {
            answers.add(node.get("/api/plans", "Authorization", bad).body());
            answers.add(node.send(
                            "127.0.28.2",
                            node.request("/oauth2/token", "Authorization", bad)
                                    .POST(HttpRequest.BodyPublishers.noBody()))
                    .body());
        }
        for (var body : List.of(
                "{\"current\":\"%s\",\"changed\":\"short\"}",
                "{\"current\":{\"is\":\"%s\"},\"changed\":7}", "{\"current\":\"%s\"")) {
            answers.add(node.post("/api/account/password", body.formatted(SECRET), "Authorization", token)
                    .body());
        }
        answers.add(node.get("/api/access-log", "Authorization", token).body());
        answers.add(node.get("/api/accounts", "Authorization", token, "Cookie", "JSESSIONID=" + SECRET)
                .body());

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer)
                        .doesNotContain(SECRET, token.substring(7), secret, Somebody.PASSWORD)
                        .doesNotContain("Exception", "\tat ", "java.", "org.", "milepost.api", "select "));
        assertThat(output.getAll().substring(begin))
                .doesNotContain(SECRET, token.substring(7), secret, Somebody.PASSWORD, reader.username())
                .doesNotContain("Exception", "\tat ");
        assertThat(node.sql()
                        .sql(
                                "select count(*) from event_log where payload like any (array[:secrets]) or metadata like any (array[:secrets])")
                        .param(
                                "secrets",
                                List.of("%" + SECRET + "%", "%" + secret + "%", "%" + reader.username() + "%"))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void what_is_kept_of_a_secret_does_not_give_it_back() {
        var reader = Somebody.reader(node);
        var client = reader.client("{\"name\":\"import\"}");
        var kept = node.sql()
                .sql(
                        "select a.password || ' ' || c.secret from account a join client c using (subject) where subject = ?")
                .param(reader.subject())
                .query(String.class)
                .single();
        assertThat(kept)
                .startsWith("{bcrypt}")
                .doesNotContain(Somebody.PASSWORD, client.path("secret").asString());
        assertThat(node.sql()
                        .sql("select jwk from token_key")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(JsonMapper.shared().readTree(key).propertyNames())
                        .containsExactlyInAnyOrder("kty", "crv", "x", "y", "use", "kid", "alg"));
    }

    private String token(String... fields) {
        var form = Map.of("grant_type", "client_credentials", fields[0], fields[1], fields[2], fields[3]);
        return node.send(
                        "127.0.28.2",
                        HttpRequest.newBuilder(node.uri("/oauth2/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(SignIn.form(form)))
                .body();
    }
}
