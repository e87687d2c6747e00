package milepost.api.issuer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import milepost.api.account.Account;
import milepost.api.account.Accounts;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends the session of an account that was disabled, or whose password or rights changed since it signed in. */
final class StaleSessions extends OncePerRequestFilter {
    private final Accounts accounts;

    StaleSessions(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof SignedInUser user && isStale(user)) {
            SecurityContextHolder.clearContext();
            var session = request.getSession(false);
            if (session != null) session.invalidate();
        }
        chain.doFilter(request, response);
    }

    private boolean isStale(SignedInUser user) {
        return accounts.find(user.getUsername())
                .filter(Account::enabled)
                .filter(account -> account.generation() == user.generation())
                .isEmpty();
    }
}
