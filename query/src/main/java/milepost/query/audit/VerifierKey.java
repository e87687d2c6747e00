package milepost.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The public half of an Ed25519 key (RFC 8032) and the name it signs for, as C2SP signed-note writes it:
 * {@code name+id+key}.
 */
public final class VerifierKey {
    private static final byte ED25519 = 1;
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Z}\\p{Cntrl}+]+");

    /** What comes before the 32 bytes in an X.509 SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] key;
    private final PublicKey published;

    private VerifierKey(String name, byte[] key) {
        if (!isName(name)) throw new IllegalArgumentException("a key's name has no spaces and no plus: '" + name + "'");
        this.name = name;
        this.key = key;
        try {
            published = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(join(X509, key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no Ed25519 public key", e);
        }
    }

    public static VerifierKey of(String name, PublicKey key) {
        var encoded = key.getEncoded();
        if (encoded.length != X509.length + KEY_BYTES || !Arrays.equals(X509, Arrays.copyOf(encoded, X509.length))) {
            throw new IllegalArgumentException("no Ed25519 public key");
        }
        return new VerifierKey(name, Arrays.copyOfRange(encoded, X509.length, encoded.length));
    }

    /** @throws IllegalArgumentException if it is none, of another kind, or its id is not the key's */
    public static VerifierKey parse(String text) {
        var parts = text.split("\\+", 3); // Base64 may have a plus of its own
        if (parts.length < 3) throw new IllegalArgumentException("no key: '" + text + "' is not name+id+key");
        var typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != KEY_BYTES + 1 || typed[0] != ED25519) {
            throw new IllegalArgumentException("the key of '" + parts[0] + "' is not of Ed25519");
        }
        var key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.id().equals(parts[1])) throw new IllegalArgumentException("the id of the key '" + text + "' is wrong");
        return key;
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    public String name() {
        return name;
    }

    /** Eight hexadecimal digits. */
    public String id() {
        return HexFormat.of().formatHex(idBytes());
    }

    /** In PEM, as openssl reads it. */
    public String pem() {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(published.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    }

    byte[] idBytes() {
        var digest = Hash.sha256();
        digest.update((name + "\n").getBytes(UTF_8));
        digest.update(ED25519);
        return Arrays.copyOf(digest.digest(key), ID_BYTES);
    }

    /** Whether the key made this signature of the text. */
    boolean verifies(String text, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(published);
            verifier.update(text.getBytes(UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // not even the form of one
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return name + "+" + id() + "+" + Base64.getEncoder().encodeToString(join(new byte[] {ED25519}, key));
    }
}
