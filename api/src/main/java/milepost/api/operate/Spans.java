package milepost.api.operate;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import milepost.log.axon.EventLogStorage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Spans of a command's way. They name kinds and plans, never what was said or who said it. */
@Component
public class Spans {
    /** The header of W3C Trace Context by which another process goes on with a trace. */
    private static final String TRACEPARENT = "traceparent";

    private final Tracer tracer;
    private final Propagator propagator;

    public Spans(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** Within what this thread does. */
    public Step begin(String name, String plan) {
        return begin(tracer.spanBuilder(), name, plan);
    }

    /** Because of what another thread, perhaps of another node, has done. */
    public Step begin(String name, String plan, String traceparent) {
        var parent = Map.of(TRACEPARENT, traceparent);
        return begin(propagator.extract(parent, Map::get).kind(Span.Kind.CONSUMER), name, plan);
    }

    private Step begin(Span.Builder builder, String name, String plan) {
        return new Step(builder.name(name).tag("milepost.plan", plan).start());
    }

    /** A span under way, in whose scope the thread is until it is closed. */
    public final class Step implements EventLogStorage.Span {
        private final Span span;
        private final Tracer.SpanInScope scope;

        private Step(Span span) {
            this.span = span;
            this.scope = tracer.withSpan(span);
        }

        public void tag(String name, String value) {
            span.tag(name, value);
        }

        @Override
        public @Nullable String traceparent() {
            var context = span.context();
            if (!Boolean.TRUE.equals(context.sampled())) return null;
            return "00-%s-%s-01".formatted(context.traceId(), context.spanId());
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }
}
