package milepost.api.account;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a password must be. Length is all that helps (NIST SP 800-63B, 3.1.1.2); more than 72 bytes bcrypt cannot tell apart. */
final class Password {
    private static final int SHORTEST = 12;
    private static final int LONGEST_BYTES = 72;

    private Password() {}

    /** What is wrong with it, if anything is. */
    static Optional<String> problem(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("has at least " + SHORTEST + " characters");
        }
        var bytes = password.getBytes(StandardCharsets.UTF_8).length;
        return bytes > LONGEST_BYTES ? Optional.of("has at most " + LONGEST_BYTES + " bytes") : Optional.empty();
    }
}
