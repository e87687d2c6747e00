package milepost.api.identity.issuer;

import java.util.List;
import java.util.Objects;
import milepost.api.identity.AccessFact.SignedIn;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Grant;
import milepost.api.identity.Identity;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.account.Account;
import milepost.api.identity.account.Accounts;
import milepost.api.identity.account.Clients;
import milepost.api.identity.account.Standing;
import milepost.api.identity.limit.Address;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Writes into each token what its account, or the account's client, may do at that moment. */
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private final Accounts accounts;
    private final Clients clients;
    private final IdentitySettings settings;
    private final AccessLog accessLog;

    TokenClaims(Accounts accounts, Clients clients, IdentitySettings settings, AccessLog accessLog) {
        this.accounts = accounts;
        this.clients = clients;
        this.settings = settings;
        this.accessLog = accessLog;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        var id = context.getRegisteredClient().getClientId();
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
            var client = clients.active(id).orElseThrow(TokenClaims::refused);
            var account = active(accounts.find(client.subject()).orElseThrow(TokenClaims::refused));
            var grant = client.grant(account);
            accessLog.record(grant.author(), new SignedIn(address()));
            write(context, account, grant);
        } else {
            Authentication person = Objects.requireNonNull(context.getPrincipal());
            var account = active(accounts.find(person.getName()).orElseThrow(TokenClaims::refused));
            write(context, account, account.grant(id));
        }
    }

    private void write(JwtEncodingContext context, Account account, Grant grant) {
        var names = settings.claims();
        context.getClaims()
                .subject(account.subject())
                .audience(List.of(settings.audience()))
                .claims(claims -> {
                    claims.put(names.client(), grant.client());
                    claims.put(Standing.GENERATION, account.generation());
                    // Until the password is its owner's own, nothing is granted but to change it.
                    if (account.temporary()) claims.put(Identity.PASSWORD_TEMPORARY, true);
                    if (account.temporary() || grant.role() == null) return;
                    claims.put(names.role(), settings.name(grant.role()));
                    claims.put(names.cities(), List.copyOf(grant.cities()));
                    if (grant.country() != null) claims.put(names.country(), grant.country());
                    if (grant.organisation() != null) claims.put(names.organisation(), grant.organisation());
                });
    }

    private static Account active(Account account) {
        if (!account.enabled()) throw refused();
        return account;
    }

    private static OAuth2AuthenticationException refused() {
        return new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
    }

    private static String address() {
        return Address.shortened(
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                        ? request.getRequest().getRemoteAddr()
                        : null);
    }
}
