package milepost.api.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import milepost.query.audit.Note;
import milepost.query.audit.VerifierKey;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** Ed25519 keys (RFC 8032) in PEM, as {@code openssl genpkey -algorithm ed25519} writes them. */
final class PrivateKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----", Pattern.DOTALL);

    private PrivateKeys() {}

    /** One key, and the name it signs for. */
    private record Signing(PrivateKey secret, VerifierKey key) implements Note.Signer {
        @Override
        public byte[] sign(byte[] text) {
            try {
                var signature = Signature.getInstance("Ed25519");
                signature.initSign(secret);
                signature.update(text);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform signs with Ed25519", e);
            }
        }

        /** Nothing of the secret. */
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** @throws IllegalArgumentException if there is none, or one of another kind */
    static List<Note.Signer> read(String pem, String name) {
        var keys = PEM.matcher(pem)
                .results()
                .<Note.Signer>map(found -> signer(PemContent.of(found.group()).getPrivateKey(), name))
                .toList();
        if (keys.isEmpty()) throw new IllegalArgumentException("there is no PRIVATE KEY in it");
        return keys;
    }

    /** A new key. */
    static String generate() {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
        var encoded =
                encoder.encodeToString(pair(new SecureRandom()).getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
    }

    private static Note.Signer signer(@Nullable PrivateKey key, String name) {
        if (!(key instanceof EdECPrivateKey ed
                && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())))
            throw new IllegalArgumentException("a key in it is not of Ed25519");
        return new Signing(key, VerifierKey.of(name, publicHalf(ed)));
    }

    /** Java derives it only when it makes the pair: from a seed by chance, which here is the private key. */
    private static PublicKey publicHalf(EdECPrivateKey key) {
        var seed = key.getBytes().orElseThrow(() -> new IllegalArgumentException("a key in it keeps its secret"));
        return pair(new SecureRandom() {
                    @Override
                    public void nextBytes(byte[] bytes) {
                        System.arraycopy(seed, 0, bytes, 0, bytes.length);
                    }
                })
                .getPublic();
    }

    private static KeyPair pair(SecureRandom chance) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, chance);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes Ed25519 keys", e);
        }
    }
}
