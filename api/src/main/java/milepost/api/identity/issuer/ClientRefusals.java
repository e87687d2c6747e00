package milepost.api.identity.issuer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import milepost.api.http.TooFast;
import milepost.api.identity.AccessFact.SignInRefused;
import milepost.api.identity.AccessLog;
import milepost.api.identity.account.Client;
import milepost.api.identity.account.Clients;
import milepost.api.identity.limit.Address;
import milepost.api.identity.limit.Budget;
import milepost.api.identity.security.Failures;
import milepost.event.Author;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;

/** Records that a client could not sign in, then answers as RFC 6749 says; too many from one address get 429. */
final class ClientRefusals implements AuthenticationFailureHandler {
    private static final int PER_MINUTE = 30;

    private final Clients clients;
    private final Registrations registrations;
    private final AccessLog accessLog;
    private final Failures failures;
    private final Budget refusals = new Budget(PER_MINUTE);

    ClientRefusals(Clients clients, Registrations registrations, AccessLog accessLog, Failures failures) {
        this.clients = clients;
        this.registrations = registrations;
        this.accessLog = accessLog;
        this.failures = failures;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws IOException {
        try {
            refusals.take(Address.counted(request.getRemoteAddr()));
        } catch (TooFast tooFast) {
            failures.answer(request, response, tooFast);
            return;
        }
        var id = String.valueOf(id(request));
        var known = clients.find(id);
        accessLog.record(
                Author.ANONYMOUS,
                new SignInRefused(
                        known.map(client -> client.subject()).orElse(null),
                        known.map(client -> client.client()).orElse(id.equals(Client.PEOPLE) ? id : null),
                        reason(id, known),
                        Address.shortened(request.getRemoteAddr())));
        answer(
                response,
                e instanceof OAuth2AuthenticationException oauth
                        ? oauth.getError().getErrorCode()
                        : OAuth2ErrorCodes.INVALID_CLIENT);
    }

    private static void answer(HttpServletResponse response, String error) throws IOException {
        var isClient = error.equals(OAuth2ErrorCodes.INVALID_CLIENT);
        response.setStatus(isClient ? HttpServletResponse.SC_UNAUTHORIZED : HttpServletResponse.SC_BAD_REQUEST);
        if (isClient) response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write("{\"error\":\"" + error + "\"}");
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

    private String reason(String id, Optional<Client> known) {
        if (id.equals(Client.PEOPLE)) return "wrong-code";
        if (known.isEmpty()) return "unknown";
        if (known.get().revokedAt() != null) return "revoked";
        return registrations.findByClientId(id) == null ? "disabled" : "wrong-secret";
    }
}
