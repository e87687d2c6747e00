package milepost.api.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Set;

/**
 * Verifies each token's signature once. That a key has signed these bytes stays true, and nothing else is remembered:
 * which key is to be asked for, and all that must be true of a token besides, is looked at each time.
 */
final class KnownSignatures implements JWSVerifierFactory {
    static final int MOST = 10_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final JWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    /** Hashes of key, token and signature. */
    private final Cache<String, Boolean> good =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(UNUSED).build();

    @Override
    public JWSVerifier createJWSVerifier(JWSHeader header, Key key) {
        return new Once(key);
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return verifiers.supportedJWSAlgorithms();
    }

    @Override
    public JCAContext getJCAContext() {
        return verifiers.getJCAContext();
    }

    /** How many are remembered, after those that are too many have gone. */
    long size() {
        good.cleanUp();
        return good.estimatedSize();
    }

    private final class Once implements JWSVerifier {
        private final Key key;

        Once(Key key) {
            this.key = key;
        }

        @Override
        public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
            var all = hash(key, signed, signature);
            if (good.getIfPresent(all) != null) return true;
            var isGood = verifiers.createJWSVerifier(header, key).verify(header, signed, signature);
            if (isGood) good.put(all, true);
            return isGood;
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return KnownSignatures.this.supportedJWSAlgorithms();
        }

        @Override
        public JCAContext getJCAContext() {
            return KnownSignatures.this.getJCAContext();
        }
    }

    /** Unambiguous, since a key's encoding says where it ends, and what was signed has no second point. */
    private static String hash(Key key, byte[] signed, Base64URL signature) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(key.getEncoded());
            sha.update(signed);
            sha.update((byte) '.');
            return new String(
                    sha.digest(signature.toString().getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
