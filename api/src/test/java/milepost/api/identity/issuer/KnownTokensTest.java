package milepost.api.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** What a token says, and that its key has signed it, is all that is remembered. */
class KnownTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static ECKey one;
    private static ECKey other;

    private final AtomicReference<@Nullable JWKSet> published = new AtomicReference<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final AtomicInteger verified = new AtomicInteger();
    private final KnownTokens tokens = tokens();

    @BeforeAll
    static void keys() throws JOSEException {
        one = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        other = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
    }

    @BeforeEach
    void publish() {
        published.set(new JWKSet(one.toPublicJWK()));
    }

    @Test
    void what_was_verified_is_not_verified_again() throws JOSEException {
        var token = token("somchai", one);
        for (var i = 0; i < 3; i++)
            assertThat(tokens.decode(token).getSubject()).isEqualTo("somchai");
        assertThat(verified).hasValue(1);

        assertThat(tokens.decode(token("malee", one)).getSubject()).isEqualTo("malee");
        assertThat(verified).hasValue(2);
    }

    @Test
    void beside_a_known_one_whatever_was_changed_is_refused_and_not_remembered() throws JOSEException {
        var token = token("somchai", one);
        tokens.decode(token);
        var parts = token.split("\\.", -1);
        for (var part = 0; part < parts.length; part++) {
            var changed = parts.clone();
            var bytes = Base64URL.from(parts[part]).decode();
            bytes[bytes.length / 2] ^= 1;
            changed[part] = Base64URL.encode(bytes).toString();
            for (var i = 0; i < 2; i++) {
                assertThatThrownBy(() -> tokens.decode(String.join(".", changed)))
                        .as("part " + part)
                        .isInstanceOf(BadJwtException.class);
            }
        }
        var forged = token("somchai", other);
        for (var i = 0; i < 2; i++)
            assertThatThrownBy(() -> tokens.decode(forged)).isInstanceOf(BadJwtException.class);
        assertThat(tokens.size()).isEqualTo(1);
    }

    @Test
    void so_many_are_remembered_and_no_more() throws JOSEException {
        var few = new KnownTokens(
                token -> Jwt.withTokenValue(token)
                        .header("alg", "ES256")
                        .subject("somchai")
                        .build(),
                (header, context) -> List.of(new SecretKeySpec(new byte[32], "HmacSHA256")),
                token -> OAuth2TokenValidatorResult.success());
        var signer = new MACSigner(new byte[32]);
        for (var nth = 0; nth < KnownTokens.MOST + 100; nth++) {
            few.decode(Forger.signed(
                    new JWSHeader(JWSAlgorithm.HS256),
                    signer,
                    new JWTClaimsSet.Builder().subject("s" + nth).build()));
        }
        assertThat(few.size()).isEqualTo(KnownTokens.MOST);
    }

    @Test
    void an_expired_token_is_refused_and_so_is_one_whose_key_was_withdrawn_or_replaced() throws JOSEException {
        var token = token("somchai", one);
        for (var i = 0; i < 2; i++)
            assertThat(tokens.decode(token).getSubject()).isEqualTo("somchai");
        assertThat(tokens.size()).isEqualTo(1);

        for (var keys : new JWKSet[] {new JWKSet(), new JWKSet(other.toPublicJWK())}) {
            published.set(keys);
            assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(BadJwtException.class);
        }
        publish();
        now.set(NOW.plusSeconds(659));
        assertThat(tokens.decode(token).getSubject()).isEqualTo("somchai");
        now.set(NOW.plusSeconds(661));
        assertThatThrownBy(() -> tokens.decode(token))
                .isInstanceOf(JwtValidationException.class)
                .hasMessageContaining("Jwt expired");
    }

    @Test
    void while_the_keys_cannot_be_had_a_known_token_is_no_better_than_another() throws JOSEException {
        var token = token("somchai", one);
        tokens.decode(token);
        published.set(null);
        assertThatThrownBy(() -> tokens.decode(token))
                .isInstanceOf(JwtException.class)
                .isNotInstanceOf(BadJwtException.class);
    }

    private KnownTokens tokens() {
        JWKSource<SecurityContext> source = (selector, context) -> {
            var keys = published.get();
            if (keys == null) throw new RemoteKeySourceException("away", new IOException("nobody answers"));
            return selector.select(keys);
        };
        var decoder = NimbusJwtDecoder.withJwkSource(source)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        var time = new JwtTimestampValidator(Duration.ofMinutes(1));
        InstantSource clock = now::get;
        time.setClock(clock.withZone(ZoneOffset.UTC));
        return new KnownTokens(
                token -> {
                    verified.incrementAndGet();
                    return decoder.decode(token);
                },
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, source),
                time);
    }

    private static String token(String subject, ECKey key) throws JOSEException {
        return Forger.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                new ECDSASigner(key),
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .expirationTime(Date.from(NOW.plusSeconds(600)))
                        .build());
    }
}
