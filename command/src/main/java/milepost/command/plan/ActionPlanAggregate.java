package milepost.command.plan;

import static milepost.command.Reason.IDEMPOTENCY_KEY_REUSED;
import static milepost.command.Reason.PLAN_CHANGED_MEANWHILE;
import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import milepost.command.plan.MilestoneCommand.LogMilestone;
import milepost.command.plan.MilestoneCommand.MeetMilestone;
import milepost.command.plan.MilestoneCommand.MissMilestone;
import milepost.command.plan.MilestoneCommand.PartiallyMeetMilestone;
import milepost.command.plan.MilestoneCommand.RescheduleMilestone;
import milepost.command.plan.MilestoneCommand.ScheduleMilestone;
import milepost.command.plan.MilestoneCommand.WithdrawMilestone;
import milepost.command.plan.PartnershipCommand.ChangePartnershipStatus;
import milepost.command.plan.PartnershipCommand.RecordPartnership;
import milepost.command.plan.PlanCommand.AppointOfficer;
import milepost.command.plan.PlanCommand.ChangePlanStatus;
import milepost.command.plan.PlanCommand.OpenPlan;
import milepost.command.plan.PlanCommand.RelieveOfficer;
import milepost.command.plan.PlanCommand.ReportPlanStatus;
import milepost.command.plan.ProjectCommand.AddProject;
import milepost.command.plan.ProjectCommand.ChangeProjectPhase;
import milepost.command.plan.ProjectCommand.RenameProject;
import milepost.command.plan.ProjectCommand.ReportProjectStatus;
import milepost.command.plan.ProjectCommand.WithdrawProject;
import milepost.event.Author;
import milepost.event.Event;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Joins {@link Rules} to Axon; it decides nothing but whether a request is stale or a repetition. */
@Aggregate(type = "ActionPlan")
final class ActionPlanAggregate {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable PlanId id;

    private PlanRecord record = PlanRecord.NONE;
    private final Map<String, Keyed> keys = new HashMap<>();

    /** What was recorded under an idempotency key: for which request, as which version. */
    private record Keyed(@Nullable Object request, long version) {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Answer handle(OpenPlan c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(ChangePlanStatus c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(ReportPlanStatus c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(AppointOfficer c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(RelieveOfficer c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(AddProject c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(RenameProject c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(ChangeProjectPhase c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(ReportProjectStatus c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(WithdrawProject c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(ScheduleMilestone c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(LogMilestone c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(RescheduleMilestone c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(MeetMilestone c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(PartiallyMeetMilestone c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(MissMilestone c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(WithdrawMilestone c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(RecordPartnership c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(ChangePartnershipStatus c, MetaData meta) {
        return decide(c, meta);
    }

    @CommandHandler
    Answer handle(RetractFact c, MetaData meta) {
        return decide(c, meta);
    }

    @EventSourcingHandler
    void on(Event event, @Timestamp Instant at, MetaData meta) {
        id = event.plan();
        // Rules ask neither for who recorded a fact nor for its place in the log.
        record = record.and(new Recorded(0, record.version() + 1, at, Author.ANONYMOUS, event));
        var key = (String) meta.get(Answer.IDEMPOTENCY_KEY);
        if (key != null) keys.put(key, new Keyed(meta.get(Answer.REQUEST_HASH), record.version()));
    }

    /** A repetition first, since it answers as before whatever came after; then the version; then the rules. */
    private Answer decide(Command command, MetaData meta) {
        var before = keys.get((String) meta.get(Answer.IDEMPOTENCY_KEY));
        if (before != null) {
            if (Objects.equals(before.request(), meta.get(Answer.REQUEST_HASH)))
                return new Answer(before.version(), true);
            throw IDEMPOTENCY_KEY_REUSED.rejected(
                    "This Idempotency-Key was used for another request; take a new one for each request.");
        }
        var seen = command.target().version();
        if (seen != null && seen != record.version()) {
            throw PLAN_CHANGED_MEANWHILE.rejected("The plan has version " + record.version() + ", not " + seen
                    + "; read it again and decide whether the request still fits.");
        }
        var fact = Rules.decide(record, command);
        fact.ifPresent(AggregateLifecycle::apply);
        return new Answer(record.version(), fact.isPresent());
    }
}
