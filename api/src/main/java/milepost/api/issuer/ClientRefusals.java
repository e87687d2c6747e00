package milepost.api.issuer;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import milepost.api.access.AccessFact.SignInRefused;
import milepost.api.access.AccessLog;
import milepost.api.access.Address;
import milepost.api.account.Clients;
import milepost.api.limit.Budget;
import milepost.api.limit.TooFast;
import milepost.api.security.Failures;
import milepost.event.Author;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ErrorAuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;

/** Records that a client could not sign in, then answers as RFC 6749 says; too many from one address get 429. */
final class ClientRefusals implements AuthenticationFailureHandler {
    private static final int PER_MINUTE = 30;

    private final Clients clients;
    private final AccessLog accessLog;
    private final Failures failures;
    private final Budget refusals = new Budget(PER_MINUTE);
    private final AuthenticationFailureHandler answer = new OAuth2ErrorAuthenticationFailureHandler();

    ClientRefusals(Clients clients, AccessLog accessLog, Failures failures) {
        this.clients = clients;
        this.accessLog = accessLog;
        this.failures = failures;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException, ServletException {
        try {
            refusals.take(request.getRemoteAddr());
        } catch (TooFast tooFast) {
            failures.answer(request, response, tooFast);
            return;
        }
        var known = clients.find(String.valueOf(id(request)));
        accessLog.record(
                Author.ANONYMOUS,
                new SignInRefused(
                        known.map(client -> client.subject()).orElse(null),
                        known.map(client -> client.client()).orElse(null),
                        known.isEmpty() ? "unknown" : known.get().revokedAt() == null ? "wrong-secret" : "revoked",
                        Address.shortened(request.getRemoteAddr())));
        answer.onAuthenticationFailure(request, response, e);
    }

    private static @Nullable String id(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) == null)
            return request.getParameter(OAuth2ParameterNames.CLIENT_ID);
        try {
            var basic = new BasicAuthenticationConverter().convert(request);
            return basic == null ? null : basic.getName();
        } catch (AuthenticationException unreadable) {
            return null;
        }
    }
}
