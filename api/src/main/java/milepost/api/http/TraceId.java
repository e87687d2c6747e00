package milepost.api.http;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** The id by which a request is known: of its trace, as W3C Trace Context has it, which may have begun elsewhere. */
public final class TraceId {
    /** Its name in log lines and in problems. */
    public static final String NAME = "traceId";

    private static final String ATTRIBUTE = TraceId.class.getName();
    /** Where OpenTelemetry is switched off. */
    private static final String NONE = "0".repeat(32);

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceId() {}

    /** Of the request's span; where it has none, as on the management port, of the caller's, or a new one. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) return known;
        var id = span(request)
                .map(span -> span.context().traceId())
                .filter(traced -> !traced.equals(NONE))
                .orElseGet(() -> given(request));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** Has the log lines of this thread carry the id until it is closed, also where no span does so. */
    public static Logged inLog(HttpServletRequest request) {
        var before = MDC.get(NAME);
        MDC.put(NAME, of(request));
        return () -> {
            if (before == null) MDC.remove(NAME);
            else MDC.put(NAME, before);
        };
    }

    /** What carries the id. */
    public interface Logged extends AutoCloseable {
        @Override
        void close();
    }

    private static Optional<Span> span(HttpServletRequest request) {
        return ServerHttpObservationFilter.findObservationContext(request)
                .map(context -> context.<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan);
    }

    private static String given(HttpServletRequest request) {
        var header = request.getHeader("traceparent");
        var traceparent = TRACEPARENT.matcher(header == null ? "" : header);
        return traceparent.matches()
                ? traceparent.group(1)
                : UUID.randomUUID().toString().replace("-", "");
    }
}
