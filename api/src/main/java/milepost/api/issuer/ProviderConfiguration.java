package milepost.api.issuer;

import java.util.List;
import milepost.api.identity.Embedded;
import milepost.api.identity.IdentitySettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Trusts the organisation's own OpenID provider instead of issuing tokens. */
@Configuration(proxyBeanMethods = false)
@Conditional(Embedded.Not.class)
class ProviderConfiguration {
    /** Looks the provider up at the first token, so that Milepost can start before it. */
    @Bean
    JwtDecoder jwtDecoder(IdentitySettings settings) {
        return new SupplierJwtDecoder(() -> {
            var decoder = NimbusJwtDecoder.withIssuerLocation(settings.issuerUri())
                    .validateType(false)
                    .build();
            var type = new JwtTypeValidator(List.of("JWT", "at+jwt"));
            type.setAllowEmpty(true);
            decoder.setJwtValidator(Checks.of(settings.issuerUri(), settings.audience(), type));
            return decoder;
        });
    }
}
