package milepost.api.identity.issuer;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import milepost.api.identity.AccessLog;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.account.Accounts;
import milepost.api.identity.account.Clients;
import milepost.api.identity.account.Embedded;
import milepost.api.identity.account.FirstAccounts;
import milepost.api.identity.account.Secrets;
import milepost.api.identity.security.Edge;
import milepost.api.identity.security.Failures;
import milepost.api.start.Site;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter;

/** Joins the embedded issuer to Spring: authorization code with PKCE for people, client credentials for programs. */
@Configuration(proxyBeanMethods = false)
@Conditional(Embedded.class)
class IssuerConfiguration {
    private static final String SIGN_IN = "/login";
    private static final String AUTHORIZE = "/oauth2/authorize";
    private static final String TOKEN = "/oauth2/token";
    private static final Set<String> DESCRIBED = Set.of(
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "response_types_supported",
            "code_challenge_methods_supported");

    @Bean
    SigningKeys signingKeys(JdbcClient jdbc, Clock clock) {
        return new SigningKeys(jdbc, clock);
    }

    @Bean
    JwtDecoder jwtDecoder(SigningKeys keys, IdentitySettings settings, Site site, Accounts accounts) {
        var decoder = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        var granted = new StillGranted(accounts::holds, settings.claims().client());
        return new KnownTokens(
                decoder,
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys),
                Checks.of(site.url(), settings.audience(), granted));
    }

    /** What the authorization server needs: its endpoints, and nothing of it that is not used. */
    @Bean
    @Order(1)
    SecurityFilterChain tokens(
            HttpSecurity http,
            Edge edge,
            Failures failures,
            SigningKeys keys,
            Accounts accounts,
            Clients clients,
            IdentitySettings settings,
            AccessLog accessLog,
            Site site) {
        var encoder = new NimbusJwtEncoder((selector, context) -> selector.select(new JWKSet(keys.signing())));
        var generator = new JwtGenerator(encoder);
        generator.setJwtCustomizer(new TokenClaims(accounts, clients, settings, accessLog));
        var registrations = new Registrations(accounts, clients, site);
        var refusals = new ClientRefusals(clients, registrations, accessLog, failures);
        return edge.guardSignIn(http)
                .securityMatcher(AUTHORIZE, TOKEN, "/oauth2/jwks", "/.well-known/oauth-authorization-server")
                .oauth2AuthorizationServer(server -> server.registeredClientRepository(registrations)
                        .authorizationService(new Authorizations(accounts))
                        .authorizationServerSettings(AuthorizationServerSettings.builder()
                                .issuer(site.url())
                                .build())
                        .tokenGenerator(generator)
                        .clientAuthentication(client -> client.authenticationProviders(
                                        providers -> providers.forEach(IssuerConfiguration::useSecrets))
                                .errorResponseHandler(refusals))
                        .authorizationServerMetadataEndpoint(metadata -> metadata.authorizationServerMetadataCustomizer(
                                document -> document.claims(IssuerConfiguration::describe))))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(handling -> handling.defaultAuthenticationEntryPointFor(
                                refusals::onAuthenticationFailure, pathPattern(TOKEN))
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(SIGN_IN), pathPattern(AUTHORIZE)))
                .addFilterBefore(new StaleSessions(accounts), AuthorizationFilter.class)
                .build();
    }

    /** The page where people sign in, with a session and a CSRF token, and out. */
    @Bean
    @Order(2)
    SecurityFilterChain signIn(
            HttpSecurity http,
            Edge edge,
            Failures failures,
            Accounts accounts,
            FirstAccounts firstAccounts,
            AccessLog accessLog,
            PasswordEncoder passwords) {
        return edge.guardSignIn(http)
                .securityMatcher(SIGN_IN, "/logout", "/default-ui.css")
                .authenticationProvider(new SignIn(accounts, firstAccounts, accessLog, passwords))
                .formLogin(form -> form.defaultSuccessUrl("/api"))
                .logout(logout -> logout.addLogoutHandler((request, response, who) -> {
                            if (who != null && who.getPrincipal() instanceof SignedInUser user)
                                accounts.signOut(user.getUsername());
                        })
                        .addLogoutHandler(new HeaderWriterLogoutHandler(
                                new ClearSiteDataHeaderWriter(ClearSiteDataHeaderWriter.Directive.ALL))))
                .exceptionHandling(handling -> handling.accessDeniedHandler((request, response, e) -> {
                    // A page left open for longer than its session is shown afresh.
                    if (pathPattern(SIGN_IN).matches(request))
                        response.sendRedirect(request.getContextPath() + SIGN_IN);
                    else failures.answer(request, response, e);
                }))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    /** Says what there is, and not all that the library could do. */
    private static void describe(Map<String, Object> document) {
        document.keySet().retainAll(DESCRIBED);
        document.put(
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post", "none"));
        document.put("grant_types_supported", List.of("authorization_code", "client_credentials"));
    }

    private static void useSecrets(AuthenticationProvider provider) {
        if (provider instanceof ClientSecretAuthenticationProvider secrets) secrets.setPasswordEncoder(new Secrets());
    }
}
