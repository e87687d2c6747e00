package milepost.api.identity;

import java.util.Map;
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

    /** Where the provider describes itself, by OpenID Connect Discovery 1.0: a slash at the issuer's end is not doubled. */
    public String description() {
        return issuerUri.replaceAll("/+$", "") + "/.well-known/openid-configuration";
    }

    /** Whether Milepost issues tokens itself. */
    public boolean isEmbedded() {
        return issuerUri.isBlank();
    }
}
