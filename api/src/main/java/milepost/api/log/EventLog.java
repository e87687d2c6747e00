package milepost.api.log;

import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Axon's event store, and the source of its processors, which are called back as soon as there is something new. */
public final class EventLog extends AbstractEventStore {
    private final LogListener listener;

    public EventLog(EventStorageEngine storage, LogListener listener) {
        super(new Builder() {}.storageEngine(storage));
        this.listener = listener;
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken after) {
        return new LogStream(storageEngine(), listener, WrappedToken.unwrapLowerBound(after));
    }
}
