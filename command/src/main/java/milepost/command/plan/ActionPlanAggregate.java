package milepost.command.plan;

import static milepost.command.Reason.IDEMPOTENCY_KEY_REUSED;
import static milepost.command.Reason.PLAN_CHANGED_MEANWHILE;
import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import milepost.event.Author;
import milepost.event.Event;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.log.Repetitions;
import milepost.plan.PlanRecord;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Joins {@link Rules} to Axon; it decides nothing but whether a request is allowed, a repetition, or stale. */
@AggregateRoot(type = ActionPlanAggregate.TYPE)
public final class ActionPlanAggregate {
    /** What Axon calls a plan. */
    public static final String TYPE = "ActionPlan";

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable PlanId id;

    private PlanRecord record = PlanRecord.NONE;

    /** A plan of which nothing is recorded yet. */
    ActionPlanAggregate() {}

    /** A plan of which this is recorded. */
    public ActionPlanAggregate(PlanId id, PlanRecord record) {
        this.id = id;
        this.record = record;
    }

    /** The plan that a request is about. */
    public static VersionedAggregateIdentifier target(CommandMessage<?> request) {
        return new VersionedAggregateIdentifier(((Command) request.getPayload()).plan(), null);
    }

    /** Rights come first, so that a stranger learns nothing; a repetition next, since it answers as before whatever came after. */
    @CommandHandler(commandName = Command.NAME)
    @CreationPolicy(CREATE_IF_MISSING)
    CommandResult handle(Command command, MetaData asking, Permission permission, Repetitions repetitions) {
        permission.check(asking, command, record);
        return repeated(command.plan(), asking, repetitions).orElseGet(() -> decide(command));
    }

    @EventSourcingHandler
    void on(Event event, @Timestamp Instant at) {
        id = event.plan();
        // Rules ask neither for who recorded a fact nor for its place in the log.
        record = record.and(new Recorded(0, record.version() + 1, at, Author.ANONYMOUS, event));
    }

    private static Optional<CommandResult> repeated(PlanId plan, MetaData asking, Repetitions repetitions) {
        if (!(asking.get(Repetitions.IDEMPOTENCY_KEY) instanceof String key)) return Optional.empty();
        return repetitions.find(plan, key).map(before -> {
            if (Objects.equals(before.request(), asking.get(before.comparedBy())))
                return new CommandResult(before.version(), true);
            throw IDEMPOTENCY_KEY_REUSED.rejected(
                    "This Idempotency-Key was used for another request; take a new one for each request.");
        });
    }

    private CommandResult decide(Command command) {
        Rules.known(record, command.fact());
        var seen = command.target().version();
        if (seen != null && seen != record.version()) {
            throw PLAN_CHANGED_MEANWHILE.rejected("The plan has version " + record.version() + ", not " + seen
                    + "; read it again and decide whether the request still fits.");
        }
        var fact = Rules.decide(record, command);
        fact.ifPresent(AggregateLifecycle::apply);
        return new CommandResult(record.version(), fact.isPresent());
    }
}
