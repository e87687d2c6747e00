package milepost.command.plan;

import java.util.Optional;
import milepost.event.PlanId;
import milepost.log.Repetitions;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;

/** A plan as Axon runs it, asked by somebody who may ask everything. */
final class PlanFixture {
    private PlanFixture() {}

    static FixtureConfiguration<ActionPlanAggregate> create() {
        var fixture = new AggregateTestFixture<>(ActionPlanAggregate.class);
        Permission all = (asking, command, record) -> {};
        Repetitions stored = (plan, key) -> find(fixture.getEventStore(), plan, key);
        return fixture.registerInjectableResource(all)
                .registerInjectableResource(stored)
                .registerCommandTargetResolver(ActionPlanAggregate::target)
                .registerCommandDispatchInterceptor(
                        requests -> (i, request) -> new GenericCommandMessage<>(request, Command.NAME));
    }

    /** The facts' metadata have their keys, as in the log. */
    private static Optional<Repetitions.Before> find(EventStore facts, PlanId plan, String key) {
        return facts.readEvents(plan.text())
                .asStream()
                .filter(fact -> key.equals(fact.getMetaData().get(Repetitions.IDEMPOTENCY_KEY)))
                .map(fact -> new Repetitions.Before(
                        (String) fact.getMetaData().get(Repetitions.REQUEST_HASH), fact.getSequenceNumber() + 1))
                .findFirst();
    }
}
