package milepost.log.axon;

import static org.axonframework.eventhandling.EventUtils.upcastAndDeserializeTrackedEvents;
import static org.axonframework.eventsourcing.EventStreamUtils.upcastAndDeserializeDomainEvents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import milepost.log.Repetitions;
import milepost.log.StreamName;
import milepost.log.store.LogTable;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Axon's view of the table {@code event_log}; streams are plans, and Axon's sequence numbers begin at 0, versions at 1. */
public final class EventLogStorage implements EventStorageEngine {
    /** The metadata by which those who handle a fact as news go on with the trace of the request that recorded it. */
    public static final String TRACEPARENT = "traceparent";

    private static final String AGGREGATE_TYPE = "ActionPlan";
    private static final int PAGE = 500;
    private static final String COLUMNS =
            "select position, event_id, stream, version, at, type, revision, payload, metadata from event_log ";

    private static final String TRACED_COLUMNS = COLUMNS.replace("metadata", """
                    case when traceparent is null or metadata = '{}' then metadata
                        else '{"%s":"' || traceparent || '",' || substr(metadata, 2) end as metadata""".formatted(TRACEPARENT));

    private final JdbcClient jdbc;
    private final Appender appender;
    private final Serializer serializer;
    private final EventUpcaster upcasters;
    private final Function<DomainEventMessage<?>, Span> trace;
    private final BiConsumer<DomainEventMessage<?>, Place> stored;

    /** The storing of facts as a trace has it, until it is closed. */
    public interface Span extends AutoCloseable {
        /** By which others may go on with it; null if nobody records it. */
        @Nullable
        String traceparent();

        @Override
        void close();
    }

    /**
     * @param trace begins a span for the storing of facts, of which it is given the first
     * @param stored is told of each event that this node has stored, before its command is answered
     */
    public EventLogStorage(
            DataSource source,
            Appender appender,
            Serializer serializer,
            EventUpcaster upcasters,
            Function<DomainEventMessage<?>, Span> trace,
            BiConsumer<DomainEventMessage<?>, Place> stored) {
        this.jdbc = JdbcClient.create(source);
        this.appender = appender;
        this.serializer = serializer;
        this.upcasters = upcasters;
        this.trace = trace;
        this.stored = stored;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) return;
        try (var span = trace.apply(domainEvent(events.getFirst()))) {
            var traceparent = span.traceparent();
            var facts = new ArrayList<LogRow>();
            for (var event : events) {
                facts.add(fact(domainEvent(event), facts.size() == events.size() - 1, traceparent));
            }
            appender.append(facts, places -> {
                for (var i = 0; i < places.size(); i++) stored.accept(domainEvent(events.get(i)), places.get(i));
            });
        }
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken after, boolean mayBlock) {
        var pages = Stream.iterate(page(position(after)), page -> !page.isEmpty(), this::pageAfter);
        return upcastAndDeserializeTrackedEvents(pages.flatMap(List::stream), serializer, upcasters);
    }

    /** Axon would pass over a fact that it does not know, and decide without it. */
    @Override
    public DomainEventStream readEvents(String plan, long firstSequenceNumber) {
        var rows = jdbc.sql(COLUMNS + "where stream = ? and version > ? order by version")
                .param(StreamName.of(plan))
                .param(firstSequenceNumber)
                .query((row, nth) -> entry(row))
                .list();
        for (var row : rows) {
            var type = row.getPayload().getType();
            if (serializer.classForType(type) == UnknownSerializedType.class)
                throw new FactUnknown(plan, type.getName());
        }
        return upcastAndDeserializeDomainEvents(rows.stream(), serializer, upcasters);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String plan) {
        return jdbc.sql("select version - 1 from event_log where stream = ? order by version desc limit 1")
                .param(StreamName.of(plan))
                .query(Long.class)
                .optional();
    }

    /** Position 0, before the first fact. */
    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return token(jdbc.sql("select max(position) from event_log"));
    }

    @Override
    public TrackingToken createTokenAt(Instant moment) {
        return token(jdbc.sql("select position from event_log where at < ? order by at desc limit 1")
                .param(moment.atOffset(ZoneOffset.UTC)));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("The event log keeps no snapshots");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String plan) {
        return Optional.empty();
    }

    private static DomainEventMessage<?> domainEvent(EventMessage<?> message) {
        if (message instanceof DomainEventMessage<?> event) return event;
        throw new IllegalArgumentException("The event log keeps only facts of plans, not " + message.getPayloadType());
    }

    private LogRow fact(DomainEventMessage<?> event, boolean last, @Nullable String traceparent) {
        var payload = event.serializePayload(serializer, String.class);
        return new LogRow(
                event.getIdentifier(),
                StreamName.of(event.getAggregateIdentifier()),
                event.getSequenceNumber() + 1,
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                event.serializeMetaData(serializer, String.class).getData(),
                last ? (String) event.getMetaData().get(Repetitions.IDEMPOTENCY_KEY) : null,
                last ? (String) event.getMetaData().get(Repetitions.REQUEST_HASH) : null,
                traceparent);
    }

    private List<TrackedDomainEventData<String>> pageAfter(List<TrackedDomainEventData<String>> page) {
        return page.size() < PAGE ? List.of() : page(position(page.getLast().trackingToken()));
    }

    private List<TrackedDomainEventData<String>> page(long after) {
        return jdbc.sql(TRACED_COLUMNS + "where position > ? and " + LogTable.OF_PLANS + " order by position limit "
                        + PAGE)
                .param(after)
                .query((row, nth) -> entry(row))
                .list();
    }

    private static TrackedDomainEventData<String> entry(ResultSet row) throws SQLException {
        return new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(row.getLong("position")),
                new GenericDomainEventEntry<>(
                        AGGREGATE_TYPE,
                        StreamName.plan(row.getString("stream")),
                        row.getLong("version") - 1,
                        row.getString("event_id"),
                        // As text: Axon would cut an Instant to milliseconds.
                        row.getObject("at", OffsetDateTime.class).toInstant().toString(),
                        row.getString("type"),
                        row.getString("revision"),
                        row.getString("payload"),
                        row.getString("metadata")));
    }

    private static TrackingToken token(JdbcClient.StatementSpec position) {
        return new GlobalSequenceTrackingToken(
                position.query(Long.class).optional().orElse(0L));
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? 0 : GlobalSequenceTrackingToken.class.cast(token).getGlobalIndex();
    }
}
