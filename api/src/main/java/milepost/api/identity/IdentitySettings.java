package milepost.api.identity;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens are accepted, and what their claims mean.
 *
 * @param issuerUri of the organisation's own OpenID provider; blank: Milepost issues them itself
 * @param audience that a token must be meant for
 * @param claims where in a token things stand; a path of names with dots
 * @param roles the provider's name for each of our roles, where it is another
 */
@ConfigurationProperties("milepost.identity")
public record IdentitySettings(
        @DefaultValue("") String issuerUri,
        @DefaultValue("milepost") String audience,
        @DefaultValue ClaimNames claims,
        @DefaultValue Map<String, String> roles) {
    private static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

    /** The names of claims. */
    public record ClaimNames(
            @DefaultValue("role") String role,
            @DefaultValue("cities") String cities,
            @DefaultValue("country") String country,
            @DefaultValue("organisation") String organisation,
            @DefaultValue("client_id") String client,
            @DefaultValue("name") String name) {}

    /** What the issuer calls a role; an environment variable cannot say the hyphen of ours. */
    public String name(Role role) {
        return roles.getOrDefault(role.code, roles.getOrDefault(role.code.replace("-", ""), role.code));
    }

    /**
     * Where the provider may describe itself, the likeliest first: by OpenID Connect Discovery 1.0, and by RFC 8414 behind the
     * issuer's path, as Milepost's own issuer does, or before it. A slash at the issuer's end is not doubled.
     */
    public List<String> descriptions() {
        var issuer = issuerUri.replaceAll("/+$", "");
        var path = URI.create(issuer).getRawPath();
        var host = issuer.substring(0, issuer.length() - path.length());
        return Stream.of(
                        issuer + "/.well-known/openid-configuration",
                        issuer + OAUTH_METADATA,
                        host + OAUTH_METADATA + path)
                .distinct()
                .toList();
    }

    /** Whether Milepost issues tokens itself. */
    public boolean isEmbedded() {
        return issuerUri.isBlank();
    }
}
