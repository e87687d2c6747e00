package milepost.api.identity.account;

import java.time.Instant;
import java.util.Set;
import milepost.api.identity.Grant;
import milepost.api.identity.Role;
import org.jspecify.annotations.Nullable;

/**
 * A program that acts for an account.
 *
 * @param subject the account's
 * @param revokedAt when it was withdrawn; null while it may sign in
 */
public record Client(
        String client,
        String subject,
        String name,
        Role role,
        Set<String> cities,
        @Nullable String country,
        Instant createdAt,
        @Nullable Instant revokedAt) {
    /** The one client for people: the reference page, and programs on their own machine (RFC 8252). */
    public static final String PEOPLE = "milepost";

    /** What it may do for the account. */
    public Grant grant(Account account) {
        return new Grant(subject, role, cities, country, account.organisation(), client);
    }
}
