package milepost.event;

import org.jspecify.annotations.Nullable;

/**
 * Who recorded a fact.
 *
 * @param subject pseudonymous; {@code anonymous} before there is identity
 */
public record Author(
        String subject, @Nullable String role, @Nullable String organisation) {
    public static final Author ANONYMOUS = new Author("anonymous", null, null);
}
