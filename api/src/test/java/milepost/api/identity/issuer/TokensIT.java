package milepost.api.identity.issuer;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.http.Problem;
import milepost.api.identity.account.Standing;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A token is accepted if Milepost issued it, as it is, for itself, and not long ago. */
@ExtendWith(SharedNode.class)
class TokensIT {
    private final Node node;
    private final Forger forger;

    TokensIT(Node node) {
        this.node = node;
        forger = new Forger(node, node.bearer("reader"));
    }

    @Test
    void what_the_node_could_have_signed_itself_is_accepted() {
        assertThat(get("127.0.1.1", forger.token(claims -> {})).statusCode()).isEqualTo(200);
    }

    @TestFactory
    List<DynamicTest> refused_and_recorded_once() throws Exception {
        return forged().entrySet().stream()
                .map(token -> DynamicTest.dynamicTest(token.getKey(), () -> {
                    var log = AccessWatch.on(node);
                    refused(get("127.0.2.9", token.getValue()), token.getValue());
                    assertThat(log.only()).satisfies(fact -> {
                        assertThat(fact.type()).isEqualTo("TokenRefused");
                        assertThat(fact.payload().path("address").asString()).isEqualTo("127.0.2.0/24");
                        assertThat(fact.payload().path("reason").asString()).isNotBlank();
                        assertThat(fact.by().subject()).isEqualTo("anonymous");
                    });
                }))
                .toList();
    }

    @Test
    void an_expired_one_is_refused_after_a_minute_of_grace_and_is_no_event() {
        var log = AccessWatch.on(node);
        assertThat(get("127.0.1.1", expired(Duration.ofSeconds(30))).statusCode())
                .isEqualTo(200);
        var old = expired(Duration.ofSeconds(65));
        refused(get("127.0.1.1", old), old);
        assertThat(log.facts()).isEmpty();
    }

    @Test
    void one_whose_key_was_withdrawn_is_refused_though_it_was_taken_before() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).keyID("of-another-process").generate();
        node.sql()
                .sql("insert into token_key (key_id, jwk) values (?, ?)")
                .params(key.getKeyID(), key.toPublicJWK().toJSONString())
                .update();
        var token = named(key.getKeyID(), new ECDSASigner(key));
        for (var i = 0; i < 2; i++)
            assertThat(get("127.0.1.2", token).statusCode()).isEqualTo(200);
        withdraw(key.getKeyID());
        var unknown = named("unknown", new ECDSASigner(key)); // which has the node look for new keys
        refused(get("127.0.1.2", unknown), unknown);
        refused(get("127.0.1.2", token), token);
    }

    @Test
    void keys_are_read_again_after_five_minutes_and_a_withdrawn_one_signs_no_more() throws Exception {
        var now = new AtomicReference<>(Instant.now());
        InstantSource time = now::get;
        var keys = new SigningKeys(node.bean(JdbcClient.class), time.withZone(ZoneOffset.UTC));
        var first = keys.signing().getKeyID();
        assertThat(published(keys, first)).hasSize(1);
        withdraw(first);
        now.set(now.get().plusSeconds(299));
        assertThat(published(keys, first)).as("still known").hasSize(1);
        now.set(now.get().plusSeconds(1));
        assertThat(published(keys, first)).isEmpty();
        var second = keys.signing().getKeyID();
        assertThat(published(keys, second)).hasSize(1);
    }

    @Test
    void without_a_token_one_is_asked_for_and_nothing_is_recorded() {
        var log = AccessWatch.on(node);
        for (var header : List.of("", "Basic cmVhZGVyOm1pbGVwb3N0", "Bearer", "bearer ", "Bearer a b", "Token x")) {
            var answer = node.get("/api/plans", "Authorization", header);
            assertThat(Problem.of(answer)).as(header).isEqualTo(problem(401, "not-signed-in"));
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer");
        }
        assertThat(log.facts()).isEmpty();
    }

    @Test
    void a_token_is_taken_from_the_header_only() {
        var token = forger.token(claims -> {});
        assertThat(node.get("/api/plans?access_token=" + token, "Authorization", "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(node.get("/api/plans", "Authorization", "", "Cookie", "access_token=" + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void who_keeps_trying_is_refused_at_once_and_no_longer_recorded() {
        var log = AccessWatch.on(node);
        var refused = 0;
        var answer = get("127.0.3.1", "guess");
        for (; answer.statusCode() == 401 && refused < 50; answer = get("127.0.3.1", "guess-" + refused)) refused++;
        assertThat(Problem.of(answer)).isEqualTo(problem(429, "too-fast"));
        assertThat(refused).isBetween(30, 40);
        assertThat(log.types()).hasSize(refused);
        assertThat(get("127.0.3.1", forger.token(claims -> {})).statusCode())
                .as("with a good token")
                .isEqualTo(200);
        assertThat(get("127.0.3.2", "guess").statusCode()).as("from elsewhere").isEqualTo(401);
    }

    /** Who holds what Milepost signed is told what became of it; who made it up is told nothing. */
    @Test
    void an_expired_a_withdrawn_and_an_invented_one_are_told_apart() throws Exception {
        told(expired(Duration.ofSeconds(65)), "The token expired at ");
        told(forger.token(claims -> claims.claim(Standing.GENERATION, 0)), "The token was withdrawn");
        told(forger.token(claims -> claims.claim("client_id", "revoked")), "The token was withdrawn");
        var invented = List.of(
                "not-a-token",
                Forger.signed(
                        forger.header(JWSAlgorithm.ES256),
                        new ECDSASigner(new ECKeyGenerator(Curve.P_256)
                                .keyID(forger.key().getKeyID())
                                .generate()),
                        forger.claims(claims -> claims.expirationTime(Date.from(Instant.EPOCH)))),
                named("a-key-that-is-gone", forger.signer()));
        for (var token : invented) {
            var answer = get("127.0.1.3", token);
            assertThat(described(answer))
                    .isEqualTo("Bearer error=\"invalid_token\", error_description=\"The token cannot be verified.\"");
            assertThat(Node.json(answer).path("detail").asString()).startsWith("The token cannot be verified. Get one");
        }
    }

    private void told(String token, String why) {
        var answer = get("127.0.1.3", token);
        assertThat(Problem.of(answer)).isEqualTo(problem(401, "token-invalid"));
        assertThat(described(answer)).contains("error_description=\"" + why).matches("[ -~]+");
        assertThat(Node.json(answer).path("detail").asString()).startsWith(why);
    }

    private static String described(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }

    private Map<String, String> forged() throws Exception {
        var forged = new LinkedHashMap<String, String>();
        var mine =
                new ECKeyGenerator(Curve.P_256).keyID(forger.key().getKeyID()).generate();
        var unchanged = forger.claims(claims -> {});
        var named = forger.header(JWSAlgorithm.ES256);
        forged.put("a forged signature", Forger.signed(named, new ECDSASigner(mine), unchanged));
        forged.put(
                "a key that the token brings along", Forger.signed(bringing(mine), new ECDSASigner(mine), unchanged));
        forged.put(
                "a key that nobody knows",
                Forger.signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(), forger.signer(), unchanged));
        forged.put("no signature", new PlainJWT(unchanged).serialize());
        forged.put(
                "HS256, with the public key as the secret",
                Forger.signed(
                        forger.header(JWSAlgorithm.HS256),
                        new MACSigner(forger.key().toECPublicKey().getEncoded()),
                        unchanged));
        var other = new RSASSASigner(new RSAKeyGenerator(2048).generate());
        forged.put("another algorithm", Forger.signed(forger.header(JWSAlgorithm.PS512), other, unchanged));
        forged.put("altered claims", altered());
        forged.put("a signature cut off", forger.issued().serialize().replaceFirst("[^.]+$", ""));
        forged.put("garbage", "not-a-token");
        forged.put("garbage in three parts", "a.b.c");
        put(forged, "another issuer", claims -> claims.issuer("https://evil.example"));
        put(forged, "no issuer", claims -> claims.issuer(null));
        put(forged, "meant for others", claims -> claims.audience("others"));
        put(forged, "meant for nobody", claims -> claims.audience(List.of()));
        put(forged, "for ever", claims -> claims.expirationTime(null));
        put(
                forged,
                "not valid yet",
                claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(3600))));
        put(forged, "of nobody", claims -> claims.subject(null));
        put(forged, "of somebody unknown", claims -> claims.subject("zzzzzzzzzzzz"));
        put(forged, "of an account as it was before", claims -> claims.claim(Standing.GENERATION, 0));
        put(forged, "of an account as it will be", claims -> claims.claim(Standing.GENERATION, 2));
        put(forged, "of no generation", claims -> claims.claim(Standing.GENERATION, null));
        put(forged, "of no client", claims -> claims.claim("client_id", null));
        put(forged, "of an unknown client", claims -> claims.claim("client_id", "other"));
        put(forged, "of a client that is none", claims -> claims.claim("client_id", List.of("milepost")));
        return forged;
    }

    private void put(Map<String, String> forged, String name, Consumer<JWTClaimsSet.Builder> change) {
        forged.put(name, forger.token(change));
    }

    private String named(String key, JWSSigner signer) {
        return Forger.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key).build(), signer, forger.claims(claims -> {}));
    }

    private void withdraw(String key) {
        node.sql().sql("delete from token_key where key_id = ?").param(key).update();
    }

    private static List<JWK> published(SigningKeys keys, String id) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
    }

    private JWSHeader bringing(ECKey key) {
        return new JWSHeader.Builder(forger.header(JWSAlgorithm.ES256))
                .jwk(key.toPublicJWK())
                .build();
    }

    /** Another role under the signature of the first. */
    private String altered() {
        var parts = forger.issued().serialize().split("\\.", -1);
        var claims = new PlainJWT(forger.claims(change -> change.claim("role", "secretariat")));
        return parts[0] + "." + claims.serialize().split("\\.", -1)[1] + "." + parts[2];
    }

    private String expired(Duration ago) {
        var end = Instant.now().minus(ago);
        return forger.token(
                claims -> claims.issueTime(Date.from(end.minusSeconds(600))).expirationTime(Date.from(end)));
    }

    private HttpResponse<String> get(String from, String token) {
        return node.send(from, node.request("/api/plans", "Authorization", "Bearer " + token));
    }

    private static void refused(HttpResponse<String> answer, String token) {
        assertThat(Problem.of(answer)).isEqualTo(problem(401, "token-invalid"));
        assertThat(described(answer)).startsWith("Bearer error=\"invalid_token\", error_description=\"");
        assertThat(answer.body()).doesNotContain(token, "Exception", "nimbus", "springframework", "milepost.api");
    }
}
