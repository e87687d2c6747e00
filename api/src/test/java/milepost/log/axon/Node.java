package milepost.log.axon;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.stream.Stream;
import milepost.api.operate.Spans;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** One application node on a database: what it appends with, and what its readers tail. */
record Node(Appender appender, LogListener listener, EventLogStorage storage, EventLog log) implements AutoCloseable {
    record Noted(String text) {}

    static final Serializer SERIALIZER = Jackson3Serializer.builder().build();

    static Node on(LogDatabase database) {
        return on(database, "node");
    }

    /** @param name by which its two connections can be found and terminated. */
    static Node on(LogDatabase database, String name) {
        var appender = new Appender(database.source(name + " appender"), () -> false);
        var listener = new LogListener(database.source(name + " listener"));
        var spans = new Spans(Tracer.NOOP, Propagator.NOOP);
        var storage = new EventLogStorage(
                database.source(),
                appender,
                SERIALIZER,
                NoOpEventUpcaster.INSTANCE,
                first -> spans.begin("append", first.getAggregateIdentifier()),
                (event, place) -> {});
        return new Node(
                appender, listener, storage, new EventLog(storage, listener, plan -> storage.readEvents(plan, 0)));
    }

    static DomainEventMessage<Noted> noted(String plan, long version, String text) {
        return noted(plan, version, text, Map.of());
    }

    static DomainEventMessage<Noted> noted(String plan, long version, String text, Map<String, ?> metadata) {
        return new GenericDomainEventMessage<>(
                "ActionPlan", plan, version - 1, new Noted(text), MetaData.from(metadata));
    }

    void append(DomainEventMessage<?>... events) {
        storage.appendEvents(Stream.of(events).toList());
    }

    @Override
    public void close() {
        appender.close();
        listener.close();
    }
}
