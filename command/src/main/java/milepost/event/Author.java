package milepost.event;

import org.jspecify.annotations.Nullable;

/**
 * Who recorded a fact.
 *
 * @param subject a pseudonym; {@code anonymous} before there was identity; null where it may not be told
 * @param role in which they did
 * @param organisation for which they did
 * @param client the program that they used
 */
public record Author(
        @Nullable String subject,
        @Nullable String role,
        @Nullable String organisation,
        @Nullable String client) {
    public static final Author ANONYMOUS = new Author("anonymous", null, null, null);

    /** For those who may know only in what office it was recorded, or that nobody said. */
    public Author withheld() {
        return equals(ANONYMOUS) ? this : new Author(null, role, organisation, null);
    }
}
