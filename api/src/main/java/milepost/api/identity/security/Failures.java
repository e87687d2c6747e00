package milepost.api.identity.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import milepost.api.http.TraceId;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has what fails before an endpoint answered as the endpoints' own failures are. */
@Component
public class Failures implements RequestRejectedHandler {
    private final HandlerExceptionResolver problems;

    Failures(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    public void answer(HttpServletRequest request, HttpServletResponse response, Exception failure) {
        if (response.isCommitted()) throw new IllegalStateException("Failed while answering", failure);
        var log = TraceId.inLog(request);
        try {
            problems.resolveException(request, response, null, failure);
        } finally {
            log.close();
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected) {
        answer(request, response, rejected);
    }

    /** Stands before all other filters of a chain. */
    public OncePerRequestFilter filter() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                var log = TraceId.inLog(request);
                try {
                    chain.doFilter(request, response);
                } catch (RuntimeException e) {
                    answer(request, response, e);
                } finally {
                    log.close();
                }
            }
        };
    }
}
