package milepost.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads a request's headers as RFC 9110 says: several lines of one are a list, what takes no list stands once, and a body that is
 * coded is not read.
 */
public final class HeaderLines extends OncePerRequestFilter {
    private static final List<String> SINGLE =
            List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, IdempotencyKey.NAME);
    private static final String NO_CODING = "identity";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        for (var name : SINGLE) {
            if (Collections.list(request.getHeaders(name)).size() > 1) {
                throw new Malformed(
                        "The header " + name + " stands in a request once.",
                        List.of(new Field(name, "must stand in one line, with one value")));
            }
        }
        var joined = new Joined(request);
        var coding = joined.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase(NO_CODING) && hasBody(request)) {
            throw new NotTaken(
                    "A body with the Content-Encoding '" + coding.strip() + "' is not read; send it as it is.",
                    HttpHeaders.ACCEPT_ENCODING,
                    NO_CODING);
        }
        chain.doFilter(joined, response);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return !request.getMethod().equals(HttpMethod.GET.name())
                && !request.getMethod().equals(HttpMethod.HEAD.name());
    }

    private static final class Joined extends HttpServletRequestWrapper {
        Joined(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            var lines = Collections.list(super.getHeaders(name));
            return lines.isEmpty() ? null : String.join(", ", lines);
        }
    }
}
