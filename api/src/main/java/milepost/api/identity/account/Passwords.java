package milepost.api.identity.account;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a password must be (NIST SP 800-63B, 3.1.1.2): long enough, and not one that is guessed early. More than 72 bytes
 * bcrypt cannot tell apart.
 */
public final class Passwords {
    private static final int SHORTEST = 12;
    private static final int LONGEST_BYTES = 72;

    /** Of 0 to 4: more than 10⁸ guesses, by zxcvbn's estimate. */
    private static final int HARD = 3;

    private static final Zxcvbn GUESSES = new Zxcvbn();

    private Passwords() {}

    /**
     * What is wrong with it, if anything is.
     *
     * @param username which must not help to guess it
     */
    static Optional<String> problem(String password, String username) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("must have at least " + SHORTEST + " characters");
        }
        if (isTooLong(password)) return Optional.of("must have at most " + LONGEST_BYTES + " bytes");
        var known = List.of(username, "milepost", "asean", "ascn", "secretariat");
        return GUESSES.measure(password, known).getScore() < HARD
                ? Optional.of("must not be easy to guess: no common words, names or rows of keys alone")
                : Optional.empty();
    }

    public static boolean isTooLong(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES;
    }
}
