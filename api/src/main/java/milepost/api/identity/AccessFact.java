package milepost.api.identity;

import java.util.Set;
import milepost.api.identity.limit.Address;
import org.jspecify.annotations.Nullable;

/**
 * What the access log records; a fact is stored under its simple name. Personal in it is only the shortened address
 * ({@link Address}): people stand in it by their pseudonyms, and what was typed at a sign-in is never kept.
 */
public sealed interface AccessFact {
    /** A person with a password, or a client with its secret. */
    record SignedIn(String address) implements AccessFact {}

    /**
     * No {@code account} or {@code client}: there is none of the name that was given.
     *
     * @param reason {@code wrong-password}, {@code wrong-secret}, {@code wrong-code}, {@code unknown}, {@code revoked}, or
     *     {@code disabled}: the account is, or a client's account has fewer rights than the client now
     */
    record SignInRefused(@Nullable String account, @Nullable String client, String reason, String address)
            implements AccessFact {}

    /** Too many attempts from one address; at most once a minute for each. */
    record SignInThrottled(String address) implements AccessFact {}

    record SignedOut() implements AccessFact {}

    /** A bearer token that is not ours, or was altered, withdrawn or meant for others; an expired one is no event. */
    record TokenRefused(String reason, String address) implements AccessFact {}

    /**
     * Refused for who asked.
     *
     * @param right that was missing; null: nobody has it
     * @param request a method and path, or a command
     */
    record RequestRefused(@Nullable String right, @Nullable String plan, String request) implements AccessFact {}

    record HistoryExported(String plan) implements AccessFact {}

    record AccessLogExported() implements AccessFact {}

    /** The whole log, in a bundle. */
    record AuditExported() implements AccessFact {}

    /** Entries of all streams, as transparency logs serve them; at most once in ten minutes for each reader. */
    record AuditEntriesRead() implements AccessFact {}

    /** @param key the public half, as C2SP signed-note writes it; it signs from here on */
    record AuditKeyIntroduced(String key) implements AccessFact {}

    record RebuildStarted(String projection) implements AccessFact {}

    record DeadLettersRetried(String projection) implements AccessFact {}

    record AccountOpened(
            String account,
            String role,
            Set<String> cities,
            @Nullable String country,
            @Nullable String organisation) implements AccessFact {}

    record AccountRoleChanged(
            String account,
            String role,
            Set<String> cities,
            @Nullable String country,
            @Nullable String organisation) implements AccessFact {}

    record AccountDisabled(String account) implements AccessFact {}

    record AccountEnabled(String account) implements AccessFact {}

    record PasswordChanged(String account) implements AccessFact {}

    /** By somebody else, who was told a temporary one. */
    record PasswordReset(String account) implements AccessFact {}

    record NameErased(String subject) implements AccessFact {}

    record ClientCreated(
            String client,
            String role,
            Set<String> cities,
            @Nullable String country) implements AccessFact {}

    record ClientRevoked(String client) implements AccessFact {}
}
