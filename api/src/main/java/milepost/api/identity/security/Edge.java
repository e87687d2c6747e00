package milepost.api.identity.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import milepost.api.http.HeaderLines;
import milepost.api.identity.Identity;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.limit.Address;
import milepost.api.identity.limit.Budget;
import milepost.api.start.Site;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/** What all chains have in common: headers, limits, and failures as problems. */
@Component
public class Edge {
    private static final int LONGEST_QUERY = 2_000;
    private static final RequestMatcher WANTED =
            PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/oauth2/authorize");

    private final Failures failures;
    private final RateLimit byAddress;
    private final RateLimit byAccount;
    private final RateLimit signIns;
    private final String content;
    private final CrossOriginOpenerPolicy opener;
    private final boolean tls;

    Edge(
            Failures failures,
            IdentitySettings identity,
            Site site,
            @Value("${milepost.limits.requests-per-minute-and-address}") int perAddress,
            @Value("${milepost.limits.requests-per-minute-and-account}") int perAccount,
            @Value("${milepost.limits.sign-ins-per-minute-and-address}") int signInsPerAddress) {
        this.failures = failures;
        byAddress = new RateLimit("requests by address", new Budget(perAddress), Edge::address);
        signIns = new RateLimit("sign-ins by address", new Budget(signInsPerAddress), Edge::address);
        byAccount = new RateLimit(
                "requests by account",
                new Budget(perAccount),
                request -> Identity.current().subject());
        // Sign-in leads on to a program's callback on this machine, and browsers hold form-action to that too.
        content = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'%s;"
                        .formatted(identity.isEmbedded() ? "" : " " + origin(identity.issuerUri()))
                + " form-action 'self' http://127.0.0.1:*; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
        // Also where TLS ends at a proxy, of which the request says nothing.
        tls = site.url().startsWith("https:");
        // The API's page signs people in at the issuer, in a window that must find its way back.
        opener = identity.isEmbedded() ? CrossOriginOpenerPolicy.SAME_ORIGIN : CrossOriginOpenerPolicy.UNSAFE_NONE;
    }

    /** For a chain that people and programs reach. */
    public HttpSecurity guard(HttpSecurity http) {
        return harden(http)
                .addFilterAfter(byAddress, HeaderWriterFilter.class)
                .addFilterBefore(byAccount, AuthorizationFilter.class);
    }

    /** For a chain by which people and programs sign in: who has not yet, has cookies and takes no memory here. */
    public HttpSecurity guardSignIn(HttpSecurity http) {
        var wanted = new CookieRequestCache();
        wanted.setRequestMatcher(Edge::isWorthKeeping);
        wanted.setCookieCustomizer(cookie -> {
            cookie.setHttpOnly(true);
            cookie.setSecure(tls);
            cookie.setAttribute("SameSite", "Lax");
        });
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).secure(tls).sameSite("Lax"));
        return guard(http)
                .addFilterAfter(signIns, HeaderWriterFilter.class)
                .requestCache(requests -> requests.requestCache(wanted))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens));
    }

    /** What sign-in leads back to: a program's request for a code, if it is of a decent length. */
    private static boolean isWorthKeeping(HttpServletRequest request) {
        return WANTED.matches(request)
                && String.valueOf(request.getQueryString()).length() <= LONGEST_QUERY;
    }

    private static String address(HttpServletRequest request) {
        return Address.counted(request.getRemoteAddr());
    }

    /** For every chain. */
    HttpSecurity harden(HttpSecurity http) {
        return http.addFilterBefore(failures.filter(), DisableEncodeUrlFilter.class)
                .addFilterAfter(new HeaderLines(), HeaderWriterFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(content))
                        .httpStrictTransportSecurity(strict ->
                                strict.requestMatcher(tls ? AnyRequestMatcher.INSTANCE : HttpServletRequest::isSecure))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(permissions ->
                                permissions.policy("camera=(), geolocation=(), microphone=(), payment=()"))
                        .crossOriginOpenerPolicy(policy -> policy.policy(opener))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN)));
    }

    private static String origin(String uri) {
        var parsed = URI.create(uri);
        return parsed.getScheme() + "://" + parsed.getAuthority();
    }
}
