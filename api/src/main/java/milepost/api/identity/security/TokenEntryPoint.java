package milepost.api.identity.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Collectors;
import milepost.api.http.TooFast;
import milepost.api.identity.AccessFact.TokenRefused;
import milepost.api.identity.AccessLog;
import milepost.api.identity.limit.Address;
import milepost.api.identity.limit.Budget;
import milepost.event.Author;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Answers who has no token, or one that is not accepted; the latter is recorded, unless it has only expired. */
@Component
class TokenEntryPoint implements AuthenticationEntryPoint {
    private static final int PER_MINUTE = 30;

    private final Failures failures;
    private final AccessLog accessLog;
    private final Budget refusals = new Budget(PER_MINUTE);

    TokenEntryPoint(Failures failures, AccessLog accessLog) {
        this.failures = failures;
        this.accessLog = accessLog;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
        try {
            if (e instanceof InvalidBearerTokenException refused) record(refused, request.getRemoteAddr());
            failures.answer(request, response, e);
        } catch (TooFast tooFast) {
            failures.answer(request, response, tooFast);
        }
    }

    private void record(InvalidBearerTokenException refused, String address) {
        var reason = refused.getCause() instanceof JwtValidationException invalid
                ? invalid.getErrors().stream().map(OAuth2Error::getDescription).collect(Collectors.joining("; "))
                : "The token cannot be verified";
        if (reason.startsWith("Jwt expired")) return;
        refusals.take(Address.counted(address));
        accessLog.record(Author.ANONYMOUS, new TokenRefused(reason, Address.shortened(address)));
    }
}
