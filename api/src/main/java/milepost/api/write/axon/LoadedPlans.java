package milepost.api.write.axon;

import milepost.command.plan.ActionPlanAggregate;
import milepost.event.Author;
import milepost.event.Event;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.log.axon.Place;
import milepost.log.store.KeptRecords;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;

/** Plans as commands load them: what Axon takes for a snapshot, made of the record that this node keeps. */
final class LoadedPlans {
    private final KeptRecords records;

    LoadedPlans(KeptRecords records) {
        this.records = records;
    }

    /** A plan as the log has it now; a new object each time, since a command changes it. */
    DomainEventStream load(String plan) {
        var id = new PlanId(plan);
        var record = records.now(id);
        if (record.version() == 0) return DomainEventStream.empty();
        return DomainEventStream.of(new GenericDomainEventMessage<>(
                ActionPlanAggregate.TYPE, plan, record.version() - 1, new ActionPlanAggregate(id, record)));
    }

    /** A fact of this node's own has been stored. */
    void stored(DomainEventMessage<?> message, Place place) {
        var by = message.getMetaData().get(AxonConfiguration.AUTHOR) instanceof Author author
                ? author
                : Author.ANONYMOUS;
        records.add(new Recorded(
                place.position(), message.getSequenceNumber() + 1, place.at(), by, (Event) message.getPayload()));
    }
}
