package milepost.api.identity.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Reads and verifies each token once. That a key has signed what it says stays true; whether that key is still to be asked,
 * and all that must be true of a token besides, is looked at each time.
 */
final class KnownTokens implements JwtDecoder {
    static final int MOST = 10_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(KnownTokens.class);
    private static final JWSVerifierFactory VERIFIERS = new DefaultJWSVerifierFactory();

    private final JwtDecoder verifying;
    private final JWSKeySelector<SecurityContext> selector;
    private final OAuth2TokenValidator<Jwt> checks;

    /** By the whole token, which what it says has in it anyway. */
    private final Cache<String, Known> good =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(UNUSED).build();

    private record Known(Jwt token, JWSHeader header, Key signer) {}

    /**
     * @param verifying reads a token and verifies its signature, and nothing else
     * @param selector finds the keys that may have signed a token
     * @param checks what must be true of a token whose signature is good
     */
    KnownTokens(JwtDecoder verifying, JWSKeySelector<SecurityContext> selector, OAuth2TokenValidator<Jwt> checks) {
        this.verifying = verifying;
        this.selector = selector;
        this.checks = checks;
    }

    @Override
    public Jwt decode(String token) {
        var known = Optional.ofNullable(good.getIfPresent(token))
                .filter(last -> keys(last.header).contains(last.signer))
                .map(Known::token)
                .orElseGet(() -> verified(token));
        var errors = checks.validate(known).getErrors();
        if (errors.isEmpty()) return known;
        throw new JwtValidationException(
                errors.stream().map(OAuth2Error::getDescription).collect(Collectors.joining("; ")), errors);
    }

    /** How many are remembered, after those that are too many have gone. */
    long size() {
        good.cleanUp();
        return good.estimatedSize();
    }

    private Jwt verified(String token) {
        var verified = verifying.decode(token);
        try {
            var signed = SignedJWT.parse(token);
            // Who verified it does not say which key has signed it.
            for (var key : keys(signed.getHeader())) {
                if (signed.verify(VERIFIERS.createJWSVerifier(signed.getHeader(), key)))
                    good.put(token, new Known(verified, signed.getHeader(), key));
            }
        } catch (ParseException | JOSEException e) {
            LOG.debug("A token is good and will be read again the next time", e);
        }
        return verified;
    }

    /** None if they cannot be had: then who verifies will say why. */
    private List<? extends Key> keys(JWSHeader header) {
        try {
            return selector.selectJWSKeys(header, null);
        } catch (KeySourceException e) {
            return List.of();
        }
    }
}
