package milepost.api.identity.issuer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import milepost.api.identity.account.Account;
import milepost.api.identity.account.Accounts;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session after twelve hours, or when the account was disabled, or its password or rights have changed. */
final class StaleSessions extends OncePerRequestFilter {
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Accounts accounts;

    StaleSessions(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var session = request.getSession(false);
        if (session != null
                && authentication != null
                && authentication.getPrincipal() instanceof SignedInUser user
                && (isStale(user) || isOld(session))) {
            SecurityContextHolder.clearContext();
            session.invalidate();
        }
        chain.doFilter(request, response);
    }

    private static boolean isOld(HttpSession session) {
        return System.currentTimeMillis() - session.getCreationTime() > LONGEST.toMillis();
    }

    private boolean isStale(SignedInUser user) {
        return accounts.find(user.getUsername())
                .filter(Account::enabled)
                .filter(account -> account.generation() == user.generation())
                .isEmpty();
    }
}
