package milepost.api.identity.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Objects;
import milepost.api.identity.Authority;
import milepost.api.identity.Identity;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.Right;
import milepost.api.start.Site;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * The chains that requests pass. The API and the management port take bearer tokens and nothing else, so no session and
 * no cookie can act there; what an endpoint needs is written at the endpoint, what a command needs is decided on its bus.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
class SecurityConfiguration {
    private static final int LONGEST_PATH = 200;

    private final Edge edge;
    private final Claims claims;
    private final Authority authority;
    private final TokenEntryPoint entryPoint;
    private final Failures failures;

    SecurityConfiguration(
            Edge edge, Claims claims, Authority authority, TokenEntryPoint entryPoint, Failures failures) {
        this.edge = edge;
        this.claims = claims;
        this.authority = authority;
        this.entryPoint = entryPoint;
        this.failures = failures;
    }

    /** As Spring Security recommends, and able to read what it recommended before. */
    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** Where Milepost is reached by TLS, also through a proxy, the session's cookie goes nowhere else. */
    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> sessionCookie(Site site) {
        return tomcat -> {
            var cookie = tomcat.getSettings().getSession().getCookie();
            if (!site.path().isEmpty()) cookie.setPath(site.path());
            if (!site.url().startsWith("https:")) return;
            // By its name a browser holds the first to the whole host, which others share where there is a path.
            cookie.setName(site.path().isEmpty() ? "__Host-milepost" : "__Secure-milepost");
            if (site.path().isEmpty()) cookie.setPath("/");
            cookie.setSecure(true);
        };
    }

    /** Before all others. */
    @Bean
    static FilterRegistrationBean<SiteFilter> siteFilter(Site site) {
        var filter = new FilterRegistrationBean<>(new SiteFilter(site));
        filter.setEnabled(site.isGiven());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        return filter;
    }

    /** Metrics are open to whoever is on this machine while the port is, and beyond it if the operator says so. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 3)
    SecurityFilterChain management(
            HttpSecurity http,
            @Value("${management.server.address}") InetAddress address,
            @Value("${milepost.public-metrics}") boolean publicMetrics) {
        // On this port nothing before it says what the request is, by which its token is looked at.
        return tokens(edge.harden(http)
                        .addFilterBefore(new RequestContextFilter(), BearerTokenAuthenticationFilter.class))
                .securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(EndpointRequest.to("health")).permitAll();
                    if (publicMetrics || address.isLoopbackAddress())
                        requests.requestMatchers(EndpointRequest.to("prometheus"))
                                .permitAll();
                    requests.anyRequest().access(operators());
                })
                .build();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 2)
    SecurityFilterChain api(HttpSecurity http, @Value("${milepost.public-read}") boolean publicRead) {
        return tokens(edge.guard(http))
                .securityMatcher("/api/**", "/audit/**")
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(HttpMethod.GET, "/api").permitAll();
                    requests.requestMatchers("/audit/log/tile/entries/**").authenticated();
                    requests.requestMatchers("/audit/log/**").permitAll();
                    if (publicRead)
                        requests.requestMatchers(HttpMethod.GET, "/api/**").permitAll();
                    requests.anyRequest().authenticated();
                })
                .build();
    }

    /** The reference of the API is for everybody; whatever else there may be is not there. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 1)
    SecurityFilterChain rest(HttpSecurity http) {
        return edge.guard(http)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                        (request, response, e) -> failures.answer(request, response, failure(request))))
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, "/v3/api-docs/**", "/swagger-ui/**")
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .build();
    }

    private HttpSecurity tokens(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(entryPoint)
                        .accessDeniedHandler((request, response, e) -> failures.answer(request, response, e))
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(claims)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(entryPoint)
                        .accessDeniedHandler((request, response, e) -> failures.answer(request, response, e)));
    }

    private AuthorizationManager<RequestAuthorizationContext> operators() {
        return (authentication, context) -> {
            var request = context.getRequest();
            var path = request.getMethod() + " " + request.getRequestURI();
            authority.check(
                    Identity.of(authentication.get()),
                    Right.OPERATE,
                    null,
                    path.substring(0, Math.min(path.length(), LONGEST_PATH)));
            return new AuthorizationDecision(true);
        };
    }

    /** There is nothing at this path; unless a library has refused the request by a status and a word. */
    private static Exception failure(HttpServletRequest request) {
        var isRefused = request.getDispatcherType() == DispatcherType.ERROR;
        if (isRefused && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status) {
            var said = Objects.toString(request.getAttribute(RequestDispatcher.ERROR_MESSAGE), "");
            var why = status < 500 && !said.isEmpty() ? said : "The request is not one that can be answered.";
            return new ResponseStatusException(HttpStatusCode.valueOf(status), why);
        }
        return new NoResourceFoundException(
                HttpMethod.valueOf(request.getMethod()), request.getRequestURI(), request.getRequestURI());
    }
}
