package milepost.api.identity.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTParser;
import java.security.Key;
import java.security.interfaces.RSAKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Tells the operator why a provider's tokens are not taken: each reason once an hour, and nothing of a token in it, since
 * anybody can send one.
 */
final class Refusals {
    /** What a published key may sign with, whichever of them the provider uses today. */
    static final Set<SignatureAlgorithm> TAKEN = Set.of(SignatureAlgorithm.values());

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int SHORTEST_RSA = 2048;
    private static final Set<String> NAMED =
            Set.of("none", "HS256", "HS384", "HS512", "EdDSA", "Ed25519", "Ed448", "ES256K");

    private final String issuer;
    private final Cache<String, Boolean> told = Caffeine.newBuilder()
            .maximumSize(100)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    Refusals(String issuer) {
        this.issuer = issuer;
    }

    /** The decoder, whose refusals are told. */
    JwtDecoder told(JwtDecoder decoder) {
        return token -> {
            try {
                return decoder.decode(token);
            } catch (BadJwtException e) {
                var reason = e instanceof JwtValidationException invalid ? reason(invalid) : reason(token);
                if (reason != null) tell(reason);
                throw e;
            }
        };
    }

    /** Those keys of the provider that nobody can find out by calculation. */
    List<? extends Key> strong(List<? extends Key> published) {
        return published.stream().filter(this::isStrong).toList();
    }

    private boolean isStrong(Key key) {
        if (!(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= SHORTEST_RSA) return true;
        tell("they are signed with an RSA key of " + rsa.getModulus().bitLength() + " bits; it takes " + SHORTEST_RSA);
        return false;
    }

    private void tell(String reason) {
        if (told.asMap().putIfAbsent(reason, true) == null) LOG.warn("Tokens of {} are refused: {}", issuer, reason);
    }

    /** Of a token that is the provider's, and not for here or for now; that one has expired is no news. */
    private static @Nullable String reason(JwtValidationException invalid) {
        var said = invalid.getErrors().stream().map(OAuth2Error::getDescription).toList();
        if (said.stream().anyMatch(why -> why.startsWith("Jwt expired"))) return null;
        if (said.stream().anyMatch(why -> why.startsWith("Jwt used before")))
            return "they are good only later, by this machine's clock; compare the two clocks";
        return String.join("; ", said);
    }

    /** Of a token whose signature does not hold; what is none is a stranger's. */
    private static @Nullable String reason(String token) {
        try {
            var algorithm = JWTParser.parse(token).getHeader().getAlgorithm().getName();
            if (SignatureAlgorithm.from(algorithm) != null)
                return "none of its keys that are taken for " + algorithm + " has signed them";
            var name = NAMED.contains(algorithm) ? algorithm : "an algorithm that is not known";
            return "they are signed with " + name + "; taken are "
                    + TAKEN.stream().map(SignatureAlgorithm::getName).sorted().collect(Collectors.joining(", "));
        } catch (ParseException e) {
            return null;
        }
    }
}
