package milepost.api.issuer;

import milepost.api.account.Account;
import milepost.api.account.Accounts;
import milepost.api.account.Client;
import milepost.api.account.Clients;
import milepost.api.identity.IdentitySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** Refuses tokens of an account or a client that was disabled, changed or revoked since, before they expire. */
final class StillGranted implements OAuth2TokenValidator<Jwt> {
    private static final OAuth2Error WITHDRAWN =
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The token was withdrawn; get a new one", null);

    private final Accounts accounts;
    private final Clients clients;
    private final IdentitySettings settings;

    StillGranted(Accounts accounts, Clients clients, IdentitySettings settings) {
        this.accounts = accounts;
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        var granted = accounts.find(String.valueOf(token.getSubject()))
                .filter(account -> account.enabled() && isOfNow(token, account))
                .filter(account ->
                        isActive(token.getClaimAsString(settings.claims().client())));
        return granted.isPresent()
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(WITHDRAWN);
    }

    private static boolean isOfNow(Jwt token, Account account) {
        return token.getClaim(TokenClaims.GENERATION) instanceof Number generation
                && generation.intValue() == account.generation();
    }

    private boolean isActive(@Nullable String client) {
        if (client == null) return false;
        return Client.PEOPLE.equals(client) || clients.active(client).isPresent();
    }
}
