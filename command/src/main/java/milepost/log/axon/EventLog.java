package milepost.log.axon;

import java.util.function.Function;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Axon's event store, and the source of its processors, which are called back as soon as there is something new. */
public final class EventLog extends AbstractEventStore {
    private final LogListener listener;
    private final Function<String, DomainEventStream> plans;

    /** @param plans gives what a plan is loaded from, by its id */
    public EventLog(EventStorageEngine storage, LogListener listener, Function<String, DomainEventStream> plans) {
        super(new Builder() {}.storageEngine(storage));
        this.listener = listener;
        this.plans = plans;
    }

    /** Not asked of the storage, where a plan begins with its first fact each time. */
    @Override
    public DomainEventStream readEvents(String plan) {
        return plans.apply(plan);
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken after) {
        return new LogStream(storageEngine(), listener, WrappedToken.unwrapLowerBound(after));
    }
}
