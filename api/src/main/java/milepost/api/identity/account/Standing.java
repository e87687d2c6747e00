package milepost.api.identity.account;

import java.util.List;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Whom one of our own tokens was given to, and as what: it is good while the account is enabled, has got neither other
 * rights nor another password since, and the program was not revoked.
 *
 * @param generation the account's
 * @param client the program's
 */
public record Standing(String subject, int generation, String client) {
    /** The claim of our own tokens that says of which generation the account was. */
    public static final String GENERATION = "generation";

    /** Whether it is good now, as a condition in SQL over {@link #parameters}, for a statement of its own or within another. */
    public static final String HOLDS = """
            (exists (select from account where subject = ? and generation = ? and enabled)
                and (? = 'milepost' or exists (select from client where client_id = ? and revoked_at is null)))
            """;

    public List<Object> parameters() {
        return List.of(subject, generation, client, client);
    }

    /** @param clientClaim the name of the claim that names the program */
    public static Optional<Standing> of(Jwt token, String clientClaim) {
        var subject = token.getSubject();
        var client = token.getClaimAsString(clientClaim);
        return subject != null && client != null && token.getClaim(GENERATION) instanceof Number generation
                ? Optional.of(new Standing(subject, generation.intValue(), client))
                : Optional.empty();
    }
}
