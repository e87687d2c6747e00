package milepost.api.identity.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Secrets that nobody has to remember: 256 bits by chance. No dictionary can find one, so one SHA-256 keeps it, and
 * checking costs an attacker's flood nothing.
 */
public final class Secrets implements PasswordEncoder {
    private static final int BYTES = 32;
    private static final int READABLE_BYTES = 16;
    private static final SecureRandom CHANCE = new SecureRandom();

    static String secret() {
        return random(BYTES);
    }

    /** A password of 128 bits, to be told to somebody. */
    static String password() {
        return random(READABLE_BYTES);
    }

    private static String random(int length) {
        var bytes = new byte[length];
        CHANCE.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence secret) {
        if (secret == null) return null;
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String encoded) {
        var given = encode(secret);
        return given != null
                && encoded != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), encoded.getBytes(StandardCharsets.UTF_8));
    }
}
