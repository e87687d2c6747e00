package milepost.api.write.axon;

import java.time.Clock;
import java.time.Duration;
import milepost.api.operate.Spans;
import milepost.log.axon.EventLogStorage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** Lets the trace of a request go on in a projection that handles its fact, unless that is a build long after it. */
final class ProjectionSpans implements MessageHandlerInterceptor<EventMessage<?>> {
    private static final Duration LATEST = Duration.ofMinutes(10);

    private final String projection;
    private final Spans spans;
    private final Clock clock;

    ProjectionSpans(String projection, Spans spans, Clock clock) {
        this.projection = projection;
        this.spans = spans;
        this.clock = clock;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain chain)
            throws Exception {
        if (!(work.getMessage() instanceof DomainEventMessage<?> fact)
                || !(fact.getMetaData().get(EventLogStorage.TRACEPARENT) instanceof String traceparent)
                || fact.getTimestamp().isBefore(clock.instant().minus(LATEST))) {
            return chain.proceed();
        }
        try (var span = spans.begin("projection " + projection, fact.getAggregateIdentifier(), traceparent)) {
            span.tag("milepost.fact", fact.getPayloadType().getSimpleName());
            return chain.proceed();
        }
    }
}
