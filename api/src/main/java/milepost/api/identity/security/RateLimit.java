package milepost.api.identity.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import milepost.api.identity.limit.Budget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes each request from the budget of whom it comes from. */
final class RateLimit extends OncePerRequestFilter {
    private final Budget budget;
    private final Function<HttpServletRequest, @Nullable String> whom;

    /**
     * @param name by which a request is known to have passed; each limit has its own
     * @param whom null: nobody's budget
     */
    RateLimit(String name, Budget budget, Function<HttpServletRequest, @Nullable String> whom) {
        setBeanName(name);
        this.budget = budget;
        this.whom = whom;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = whom.apply(request);
        if (key != null) budget.take(key);
        chain.doFilter(request, response);
    }
}
