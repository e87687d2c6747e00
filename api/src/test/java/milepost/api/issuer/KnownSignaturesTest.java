package milepost.api.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.KeyTypeException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** A good signature stays good, and is all that is remembered. */
class KnownSignaturesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static ECKey one;
    private static ECKey other;

    private final KnownSignatures signatures = new KnownSignatures();

    @BeforeAll
    static void keys() throws JOSEException {
        one = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        other = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
    }

    @Test
    void what_was_verified_is_not_verified_again() throws JOSEException {
        var token = signed("a token", JWSAlgorithm.ES256, new ECDSASigner(one));
        assertThat(verify(token, one.toECPublicKey())).isTrue();
        assertThat(verify(token, unusable(one.toECPublicKey()))).isTrue();

        var unknown = signed("another", JWSAlgorithm.ES256, new ECDSASigner(one));
        assertThatThrownBy(() -> verify(unknown, unusable(one.toECPublicKey()))).isInstanceOf(KeyTypeException.class);
    }

    @Test
    void beside_a_known_one_whatever_was_changed_is_refused_and_not_remembered() throws JOSEException {
        var token = signed("a token", JWSAlgorithm.ES256, new ECDSASigner(one));
        var key = one.toECPublicKey();
        assertThat(verify(token, key)).isTrue();

        var signature = token.getSignature().decode();
        for (var nth = 0; nth < signature.length; nth++) {
            var changed = signature.clone();
            changed[nth] ^= 1;
            assertThat(verify(token.getHeader(), token.getSigningInput(), Base64URL.encode(changed), key))
                    .as("byte " + nth)
                    .isFalse();
        }
        var input = token.getSigningInput();
        input[input.length - 1] ^= 1;
        assertThat(verify(token.getHeader(), input, token.getSignature(), key)).isFalse();
        for (var i = 0; i < 2; i++)
            assertThat(verify(token, other.toECPublicKey())).isFalse();
        assertThat(signatures.size()).isEqualTo(1);
    }

    @Test
    void so_many_are_remembered_and_no_more() throws JOSEException {
        var secret = new SecretKeySpec(new byte[32], "HmacSHA256");
        var signer = new MACSigner(secret);
        for (var nth = 0; nth < KnownSignatures.MOST + 100; nth++) {
            assertThat(verify(signed("token " + nth, JWSAlgorithm.HS256, signer), secret))
                    .isTrue();
        }
        assertThat(signatures.size()).isEqualTo(KnownSignatures.MOST);
    }

    @Test
    void an_expired_token_is_refused_and_so_is_one_whose_key_was_withdrawn_or_replaced() throws JOSEException {
        var published = new AtomicReference<>(new JWKSet(one.toPublicJWK()));
        var now = new AtomicReference<>(NOW);
        var decoder = decoder(published, now);
        var token = Forger.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                new ECDSASigner(one),
                new JWTClaimsSet.Builder()
                        .subject("somchai")
                        .expirationTime(Date.from(NOW.plusSeconds(600)))
                        .build());
        for (var i = 0; i < 2; i++)
            assertThat(decoder.decode(token).getSubject()).isEqualTo("somchai");
        assertThat(signatures.size()).isEqualTo(1);

        for (var keys : new JWKSet[] {new JWKSet(), new JWKSet(other.toPublicJWK())}) {
            published.set(keys);
            assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
        }
        published.set(new JWKSet(one.toPublicJWK()));
        now.set(NOW.plusSeconds(659));
        assertThat(decoder.decode(token).getSubject()).isEqualTo("somchai");
        now.set(NOW.plusSeconds(661));
        assertThatThrownBy(() -> decoder.decode(token))
                .isInstanceOf(JwtValidationException.class)
                .hasMessageContaining("Jwt expired");
    }

    private JwtDecoder decoder(AtomicReference<JWKSet> published, AtomicReference<Instant> now) {
        var decoder = NimbusJwtDecoder.withJwkSource((selector, context) -> selector.select(published.get()))
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .jwtProcessorCustomizer(processor -> processor.setJWSVerifierFactory(signatures))
                .build();
        var time = new JwtTimestampValidator(Duration.ofMinutes(1));
        InstantSource clock = now::get;
        time.setClock(clock.withZone(ZoneOffset.UTC));
        decoder.setJwtValidator(time);
        return decoder;
    }

    private static JWSObject signed(String text, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        var token = new JWSObject(new JWSHeader(algorithm), new Payload(text));
        token.sign(signer);
        return token;
    }

    private boolean verify(JWSObject token, Key key) throws JOSEException {
        return verify(token.getHeader(), token.getSigningInput(), token.getSignature(), key);
    }

    private boolean verify(JWSHeader header, byte[] signed, Base64URL signature, Key key) throws JOSEException {
        return signatures.createJWSVerifier(header, key).verify(header, signed, signature);
    }

    /** The same key to who only compares it, and none that can verify. */
    private static Key unusable(Key key) {
        return new Key() {
            @Override
            public String getAlgorithm() {
                return key.getAlgorithm();
            }

            @Override
            public String getFormat() {
                return key.getFormat();
            }

            @Override
            public byte[] getEncoded() {
                return key.getEncoded();
            }
        };
    }
}
