package milepost.api.security;

import java.net.URI;
import milepost.api.identity.Grant;
import milepost.api.identity.Identity;
import milepost.api.identity.IdentitySettings;
import milepost.api.limit.Budget;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.stereotype.Component;

/** What all chains have in common: headers, limits, and failures as problems. */
@Component
public class Edge {
    private final Failures failures;
    private final RateLimit byAddress;
    private final RateLimit byAccount;
    private final String content;
    private final CrossOriginOpenerPolicy opener;

    Edge(
            Failures failures,
            IdentitySettings identity,
            @Value("${milepost.limits.requests-per-minute-and-address}") int perAddress,
            @Value("${milepost.limits.requests-per-minute-and-account}") int perAccount) {
        this.failures = failures;
        byAddress = new RateLimit("requests by address", new Budget(perAddress), request -> request.getRemoteAddr());
        byAccount = new RateLimit(
                "requests by account",
                new Budget(perAccount),
                request -> current().subject());
        // Sign-in leads on to a program's callback on this machine, and browsers hold form-action to that too.
        content = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'%s;"
                        .formatted(identity.isEmbedded() ? "" : " " + origin(identity.issuerUri()))
                + " form-action 'self' http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'";
        // The API's page signs people in at the issuer, in a window that must find its way back.
        opener = identity.isEmbedded() ? CrossOriginOpenerPolicy.SAME_ORIGIN : CrossOriginOpenerPolicy.UNSAFE_NONE;
    }

    /** For a chain that people and programs reach. */
    public HttpSecurity guard(HttpSecurity http) {
        return harden(http)
                .addFilterAfter(byAddress, HeaderWriterFilter.class)
                .addFilterBefore(byAccount, AuthorizationFilter.class);
    }

    /** For every chain. */
    HttpSecurity harden(HttpSecurity http) {
        return http.addFilterBefore(failures.filter(), DisableEncodeUrlFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(content))
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

    private static Grant current() {
        return Identity.of(SecurityContextHolder.getContext().getAuthentication());
    }
}
