package milepost.api.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.IdentitySettings.ClaimNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;

/** An OpenID provider changes its keys, its algorithms and its mind; what is good is taken, and what is not is told. */
@ExtendWith(OutputCaptureExtension.class)
class ProviderTest {
    private static RSAKey rsa;
    private static ECKey ec;

    private HttpServer provider;
    private String issuer = "";
    private JWKSet published = new JWKSet();
    private final AtomicInteger fetches = new AtomicInteger();

    @BeforeAll
    static void keys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("first").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
    }

    @BeforeEach
    void start() throws IOException {
        start(0);
        issuer = "http://127.0.0.1:" + provider.getAddress().getPort() + "/realm";
    }

    private void start(int port) throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        describedAt("/realm/.well-known/openid-configuration");
        provider.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            answer(exchange, published.toString());
        });
        provider.start();
    }

    private void describedAt(String path) {
        provider.createContext(
                path,
                exchange -> answer(
                        exchange, """
                {"issuer":"%s","jwks_uri":"http://127.0.0.1:%s/keys","subject_types_supported":["public"]}""".formatted(issuer, provider.getAddress().getPort())));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    @Test
    void another_algorithm_is_followed_without_a_restart() throws JOSEException {
        var decoder = decoder();
        published = new JWKSet(List.of(rsa.toPublicJWK()));
        assertThat(subject(decoder, JWSAlgorithm.RS256, rsa)).isEqualTo("somchai");
        published = new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK()));
        assertThat(subject(decoder, JWSAlgorithm.ES256, ec)).isEqualTo("somchai");
        assertThat(subject(decoder, JWSAlgorithm.RS256, rsa)).as("still good").isEqualTo("somchai");
        published = new JWKSet(List.of(ec.toPublicJWK()));
        assertThat(subject(decoder, JWSAlgorithm.ES256, ec)).isEqualTo("somchai");
    }

    @Test
    void a_token_that_was_taken_is_good_as_long_as_its_key_is_published() throws JOSEException {
        var decoder = decoder();
        published = new JWKSet(List.of(rsa.toPublicJWK()));
        var taken = token(JWSAlgorithm.RS256, "first", new RSASSASigner(rsa), Duration.ZERO);
        for (var i = 0; i < 2; i++)
            assertThat(decoder.decode(taken).getSubject()).isEqualTo("somchai");
        published = new JWKSet(List.of(ec.toPublicJWK()));
        assertThat(decoder.decode(taken).getSubject())
                .as("until the keys are fetched again")
                .isEqualTo("somchai");
        subject(decoder, JWSAlgorithm.ES256, ec);
        assertThatThrownBy(() -> decoder.decode(taken)).isInstanceOf(BadJwtException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS256", "PS384", "PS512"})
    void the_same_key_may_sign_in_another_way(String algorithm) throws JOSEException {
        var decoder = decoder();
        published = new JWKSet(List.of(rsa.toPublicJWK()));
        subject(decoder, JWSAlgorithm.RS256, rsa);
        assertThat(subject(decoder, JWSAlgorithm.parse(algorithm), rsa)).isEqualTo("somchai");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/realm/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server/realm"
            })
    void an_issuer_that_is_no_openid_provider_is_found_by_rfc_8414(String place) throws JOSEException {
        provider.removeContext("/realm/.well-known/openid-configuration");
        describedAt(place);
        published = new JWKSet(List.of(ec.toPublicJWK()));
        assertThat(subject(decoder(), JWSAlgorithm.ES256, ec)).isEqualTo("somchai");
    }

    @Test
    void a_key_of_another_kind_under_the_same_name_is_followed() throws JOSEException {
        var decoder = decoder();
        published = new JWKSet(List.of(rsa.toPublicJWK()));
        subject(decoder, JWSAlgorithm.RS256, rsa);
        var renewed = new ECKeyGenerator(Curve.P_384).keyID("first").generate();
        published = new JWKSet(List.of(renewed.toPublicJWK()));
        assertThat(subject(decoder, JWSAlgorithm.ES384, renewed)).isEqualTo("somchai");
    }

    @Test
    void what_is_no_signature_of_the_provider_is_refused_and_told_once(CapturedOutput output) throws Exception {
        var decoder = decoder();
        var secret = new OctetSequenceKey.Builder(
                        rsa.toPublicJWK().toRSAPublicKey().getEncoded())
                .keyID("first")
                .build();
        published = new JWKSet(List.of(rsa.toPublicJWK(), secret));
        subject(decoder, JWSAlgorithm.RS256, rsa);
        var signedWithPublicKey = token(JWSAlgorithm.HS256, "first", new MACSigner(secret), Duration.ZERO);
        var unsigned = new PlainJWT(claims(Duration.ZERO)).serialize();
        for (var i = 0; i < 3; i++) {
            for (var token : List.of(signedWithPublicKey, unsigned)) {
                assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
                assertThat(output.getAll()).doesNotContain(token.substring(token.indexOf('.') + 1));
            }
        }
        assertThat(told(output))
                .containsExactlyInAnyOrder(
                        "Tokens of " + issuer + " are refused: they are signed with HS256; taken are " + TAKEN,
                        "Tokens of " + issuer + " are refused: they are signed with none; taken are " + TAKEN);
    }

    private static final String TAKEN = "ES256, ES384, ES512, PS256, PS384, PS512, RS256, RS384, RS512";

    @Test
    void a_weak_key_is_not_taken_though_the_provider_publishes_it(CapturedOutput output) throws Exception {
        var weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        published = new JWKSet(List.of(weak.toPublicJWK()));
        var decoder = decoder();
        var signer = new RSASSASigner(weak.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> decoder.decode(token(JWSAlgorithm.RS256, "weak", signer, Duration.ZERO)))
                    .isInstanceOf(BadJwtException.class);
        }
        assertThat(told(output))
                .containsExactly(
                        "Tokens of " + issuer
                                + " are refused: they are signed with an RSA key of 1024 bits; it takes 2048",
                        "Tokens of " + issuer
                                + " are refused: none of its keys that are taken for RS256 has signed them");
    }

    @Test
    void what_only_a_stranger_sends_is_no_news_of_the_provider(CapturedOutput output) throws JOSEException {
        published = new JWKSet(List.of(rsa.toPublicJWK()));
        var decoder = decoder();
        subject(decoder, JWSAlgorithm.RS256, rsa);
        for (var garbage : List.of("x", "a.b.c", "e30.e30.")) {
            assertThatThrownBy(() -> decoder.decode(garbage)).isInstanceOf(BadJwtException.class);
        }
        assertThat(told(output)).isEmpty();
        for (var nth = 0; nth < 5; nth++) {
            var header = new JWSHeader.Builder(JWSAlgorithm.parse("MINE" + nth)).build();
            var token = header.toBase64URL() + ".e30.e30";
            assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
        }
        assertThat(told(output))
                .as("bounded, whatever names are made up")
                .containsExactly("Tokens of " + issuer
                        + " are refused: they are signed with an algorithm that is not known; taken are " + TAKEN);
    }

    @Test
    void a_provider_that_comes_after_us_is_found() throws Exception {
        var port = provider.getAddress().getPort();
        provider.stop(0);
        var decoder = decoder();
        published = new JWKSet(List.of(ec.toPublicJWK()));
        assertThat(catchThrowable(() -> subject(decoder, JWSAlgorithm.ES256, ec)))
                .isInstanceOf(JwtDecoderInitializationException.class);
        start(port);
        assertThat(subject(decoder, JWSAlgorithm.ES256, ec)).isEqualTo("somchai");
    }

    @Test
    void while_it_is_away_known_keys_are_good_and_for_a_new_one_it_is_waited() throws Exception {
        var port = provider.getAddress().getPort();
        published = new JWKSet(List.of(rsa.toPublicJWK()));
        var decoder = decoder();
        subject(decoder, JWSAlgorithm.RS256, rsa);
        provider.stop(0);
        assertThat(subject(decoder, JWSAlgorithm.RS256, rsa)).isEqualTo("somchai");
        assertThat(catchThrowable(() -> subject(decoder, JWSAlgorithm.ES256, ec)))
                .as("answered 503")
                .isInstanceOf(JwtException.class)
                .isNotInstanceOf(BadJwtException.class);
        assertThat(subject(decoder, JWSAlgorithm.RS256, rsa)).isEqualTo("somchai");
        published = new JWKSet(List.of(ec.toPublicJWK()));
        start(port);
        assertThat(subject(decoder, JWSAlgorithm.ES256, ec)).isEqualTo("somchai");
    }

    @Test
    void a_flood_of_keys_that_are_none_reaches_the_provider_a_few_times_a_minute() throws JOSEException {
        published = new JWKSet(List.of(rsa.toPublicJWK()));
        var decoder = decoder();
        for (var nth = 0; nth < 50; nth++) {
            var token = token(JWSAlgorithm.RS256, "made-up-" + nth, new RSASSASigner(rsa), Duration.ZERO);
            assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class);
        }
        assertThat(fetches.get()).isLessThan(20);
        assertThat(subject(decoder, JWSAlgorithm.RS256, rsa)).isEqualTo("somchai");
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "'', /", "/, ''", "/, /"})
    void a_slash_at_its_end_is_the_providers_business(String theirs, String ours) throws JOSEException {
        var given = issuer + ours;
        issuer += theirs;
        published = new JWKSet(List.of(ec.toPublicJWK()));
        assertThat(subject(decoder(given), JWSAlgorithm.ES256, ec)).isEqualTo("somchai");
    }

    @Test
    void another_issuers_description_is_not_taken() {
        var given = issuer;
        issuer = issuer.replace("/realm", "/other");
        published = new JWKSet(List.of(ec.toPublicJWK()));
        assertThat(catchThrowable(() -> subject(decoder(given), JWSAlgorithm.ES256, ec)))
                .hasRootCauseMessage(
                        given + " says that its issuer is " + issuer + ": give that as MILEPOST_ISSUER_URI");
    }

    @Test
    void clocks_may_differ_by_less_than_a_minute_and_more_is_told(CapturedOutput output) throws JOSEException {
        published = new JWKSet(List.of(ec.toPublicJWK()));
        var decoder = decoder();
        assertThat(decoder.decode(token(JWSAlgorithm.ES256, "second", new ECDSASigner(ec), Duration.ofSeconds(40)))
                        .getSubject())
                .isEqualTo("somchai");
        for (var i = 0; i < 3; i++) {
            var ahead = token(JWSAlgorithm.ES256, "second", new ECDSASigner(ec), Duration.ofMinutes(5 + i));
            assertThatThrownBy(() -> decoder.decode(ahead)).isInstanceOf(BadJwtException.class);
        }
        assertThat(told(output))
                .containsExactly("Tokens of " + issuer
                        + " are refused: they are good only later, by this machine's clock; compare the two clocks");
        var expired = token(JWSAlgorithm.ES256, "second", new ECDSASigner(ec), Duration.ofHours(-1));
        assertThatThrownBy(() -> decoder.decode(expired)).isInstanceOf(BadJwtException.class);
        assertThat(told(output)).as("tokens end every day").hasSize(1);
    }

    @Test
    void tokens_for_somebody_else_are_told_with_what_they_lack(CapturedOutput output) throws JOSEException {
        published = new JWKSet(List.of(ec.toPublicJWK()));
        var claims = new ClaimNames("role", "cities", "country", "organisation", "client_id", "name");
        var decoder = new ProviderConfiguration().jwtDecoder(new IdentitySettings(issuer, "other", claims, Map.of()));
        assertThat(catchThrowable(() -> subject(decoder, JWSAlgorithm.ES256, ec)))
                .isInstanceOf(BadJwtException.class);
        assertThat(told(output)).singleElement().asString().contains("The aud claim is not valid");
    }

    private static List<String> told(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("are refused"))
                .map(line -> line.substring(line.indexOf("Tokens of")))
                .toList();
    }

    private JwtDecoder decoder() {
        return decoder(issuer);
    }

    private static JwtDecoder decoder(String given) {
        var claims = new ClaimNames("role", "cities", "country", "organisation", "client_id", "name");
        return new ProviderConfiguration().jwtDecoder(new IdentitySettings(given, "milepost", claims, Map.of()));
    }

    private String subject(JwtDecoder decoder, JWSAlgorithm algorithm, JWK key) throws JOSEException {
        var signer = key instanceof RSAKey mine ? new RSASSASigner(mine) : new ECDSASigner(key.toECKey());
        return String.valueOf(decoder.decode(token(algorithm, key.getKeyID(), signer, Duration.ZERO))
                .getSubject());
    }

    private String token(JWSAlgorithm algorithm, String key, JWSSigner signer, Duration ahead) {
        return Forger.signed(new JWSHeader.Builder(algorithm).keyID(key).build(), signer, claims(ahead));
    }

    private JWTClaimsSet claims(Duration ahead) {
        var now = Instant.now().plus(ahead);
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("somchai")
                .audience("milepost")
                .notBeforeTime(Date.from(now))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .build();
    }
}
