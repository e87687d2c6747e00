package milepost.api.identity;

import java.util.List;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** A verified token, and what it grants. */
public final class GrantToken extends JwtAuthenticationToken {
    private final transient Grant grant;

    public GrantToken(Jwt jwt, Grant grant) {
        super(jwt, List.of(), String.valueOf(grant.subject()));
        this.grant = grant;
    }

    public Grant grant() {
        return grant;
    }
}
