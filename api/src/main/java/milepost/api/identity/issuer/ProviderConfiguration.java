package milepost.api.identity.issuer;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.account.Embedded;
import milepost.api.identity.limit.Budget;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/** Trusts the organisation's own OpenID provider instead of issuing tokens. */
@Configuration(proxyBeanMethods = false)
@Conditional(Embedded.Not.class)
class ProviderConfiguration {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FETCHES_PER_MINUTE = 10;
    private static final OAuth2Error NO_ACCESS_TOKEN =
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The token is an ID token, not an access token", null);

    /** Looks the provider up at the first token, so that Milepost can start before it. */
    @Bean
    JwtDecoder jwtDecoder(IdentitySettings settings) {
        var refusals = new Refusals(settings.issuerUri());
        var provider = provider();
        return refusals.told(new SupplierJwtDecoder(() -> {
            var described = described(provider, settings);
            var strong = new AtomicReference<JWSKeySelector<SecurityContext>>();
            var decoder = NimbusJwtDecoder.withJwkSetUri(described.keys())
                    .restOperations(provider)
                    .validateType(false)
                    .jwsAlgorithms(taken -> taken.addAll(Refusals.TAKEN))
                    .jwtProcessorCustomizer(processor -> {
                        var published = processor.getJWSKeySelector();
                        strong.set((header, context) -> refusals.strong(published.selectJWSKeys(header, context)));
                        processor.setJWSKeySelector(strong.get());
                    })
                    .build();
            var type = new JwtTypeValidator(List.of("JWT", "at+jwt"));
            type.setAllowEmpty(true);
            var access = new DelegatingOAuth2TokenValidator<Jwt>(type, ProviderConfiguration::isForAccess);
            decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
            return new KnownTokens(decoder, strong.get(), Checks.of(described.issuer(), settings.audience(), access));
        }));
    }

    /** What of a provider's description of itself is needed here. */
    record Description(
            String issuer, @JsonProperty("jwks_uri") String keys) {}

    /** The provider writes its address into tokens as it likes, with a slash at its end or without. */
    private static Description described(RestOperations provider, IdentitySettings settings) {
        var described = found(provider, settings.descriptions());
        if (withoutSlash(described.issuer()).equals(withoutSlash(settings.issuerUri()))) return described;
        throw new IllegalStateException(settings.issuerUri() + " says that its issuer is " + described.issuer()
                + ": give that as MILEPOST_ISSUER_URI");
    }

    /** What the first of these places says that there is. */
    private static Description found(RestOperations provider, List<String> places) {
        HttpClientErrorException.@Nullable NotFound missing = null;
        for (var place : places) {
            try {
                var described = provider.getForObject(place, Description.class);
                if (described == null) throw new IllegalStateException(place + " is empty");
                return described;
            } catch (HttpClientErrorException.NotFound e) {
                if (missing == null) missing = e;
            }
        }
        throw requireNonNull(missing);
    }

    private static String withoutSlash(String issuer) {
        return issuer.replaceAll("/+$", "");
    }

    /** An ID token tells a program who signed in; by OpenID Connect Core 1.0 only it carries {@code at_hash}. */
    private static OAuth2TokenValidatorResult isForAccess(Jwt token) {
        return token.hasClaim("at_hash") || "ID".equals(token.getClaims().get("typ"))
                ? OAuth2TokenValidatorResult.failure(NO_ACCESS_TOKEN)
                : OAuth2TokenValidatorResult.success();
    }

    /** Asked again for its keys when a token names one that is not known, but not by a flood of such. */
    private static RestOperations provider() {
        var http = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        http.setReadTimeout(PATIENCE);
        var provider = new RestTemplate(http);
        var fetches = new Budget(FETCHES_PER_MINUTE);
        provider.getInterceptors().add((request, body, next) -> {
            fetches.take("provider");
            return next.execute(request, body);
        });
        return provider;
    }
}
