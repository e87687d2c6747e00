package milepost.api.identity.security;

import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.Map;
import milepost.api.identity.IdentitySettings;
import milepost.api.start.Site;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the API's documentation says that one signs in. */
@Configuration(proxyBeanMethods = false)
class SignInDocumentation {
    private static final String SIGN_IN = "sign-in";

    @Bean
    OpenApiCustomizer documentSignIn(IdentitySettings identity, Site site) {
        return api -> signIn(identity, site).forEach((name, scheme) -> {
            api.getComponents().addSecuritySchemes(name, scheme);
            api.addSecurityItem(new SecurityRequirement().addList(name));
        });
    }

    /** At the issuer's: Milepost's own, or the one whose tokens it takes. */
    private static Map<String, SecurityScheme> signIn(IdentitySettings identity, Site site) {
        if (!identity.isEmbedded()) {
            return Map.of(
                    SIGN_IN,
                    new SecurityScheme()
                            .type(SecurityScheme.Type.OPENIDCONNECT)
                            .openIdConnectUrl(identity.descriptions().getFirst()));
        }
        var token = site.url() + "/oauth2/token";
        var people = new OAuthFlow()
                .authorizationUrl(site.url() + "/oauth2/authorize")
                .tokenUrl(token)
                .scopes(new Scopes());
        var programs = new OAuthFlow().tokenUrl(token).scopes(new Scopes());
        var schemes = new LinkedHashMap<String, SecurityScheme>();
        schemes.put(SIGN_IN, oauth("client_id milepost, no secret.", new OAuthFlows().authorizationCode(people)));
        schemes.put("programs", oauth("A client of /api/clients.", new OAuthFlows().clientCredentials(programs)));
        return schemes;
    }

    private static SecurityScheme oauth(String description, OAuthFlows flows) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description(description)
                .flows(flows);
    }
}
