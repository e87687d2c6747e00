package milepost.api.identity.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import milepost.api.identity.account.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Sign-ins under way: what an authorization code stands for, until well after it was exchanged, so that a second use is
 * noticed. Tokens are not kept, they speak for themselves. On this node only, where its session is too.
 */
final class Authorizations implements OAuth2AuthorizationService {
    private static final int MOST = 1_000;
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final Accounts accounts;
    private final Cache<String, OAuth2Authorization> byCode =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    Authorizations(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Of those who exchange a code at the same moment, the first gets a token. */
    @Override
    public void save(OAuth2Authorization authorization) {
        var code = authorization.getToken(OAuth2AuthorizationCode.class);
        if (code == null) return;
        var given = authorization.getAccessToken();
        // Somebody has used the code again: whoever it was, the token is no longer trusted.
        if (given != null && given.isInvalidated()) accounts.signOut(authorization.getPrincipalName());
        byCode.asMap().merge(code.getToken().getTokenValue(), authorization, (before, next) -> {
            var token = accessToken(before);
            if (token == null || token.equals(accessToken(next))) return next;
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        });
    }

    private static @Nullable String accessToken(OAuth2Authorization authorization) {
        var token = authorization.getAccessToken();
        return token == null ? null : token.getToken().getTokenValue();
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        var code = authorization.getToken(OAuth2AuthorizationCode.class);
        if (code != null) byCode.invalidate(code.getToken().getTokenValue());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return byCode.asMap().values().stream()
                .filter(authorization -> authorization.getId().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        var code = type == null || type.getValue().equals(OAuth2ParameterNames.CODE);
        return code ? byCode.getIfPresent(token) : null;
    }
}
