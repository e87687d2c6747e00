package milepost.api.write;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import milepost.api.http.Body;
import milepost.api.http.Required;
import milepost.api.http.Today;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Rejected.Field;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.event.Details;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.MilestoneId;
import milepost.event.PartialDate;
import milepost.event.PlanId;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The milestones of a plan. */
@RestController
@Needs(Right.RECORD)
@RequestMapping(path = "/api/plans/{plan}/milestones", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Milestones")
class MilestoneEndpoint {
    private final Commands commands;
    private final Today today;

    MilestoneEndpoint(Commands commands, Today today) {
        this.commands = commands;
        this.today = today;
    }

    /** Scheduled, with {@code due} and {@code on}; or met already, with {@code metOn} instead. */
    record Scheduling(
            MilestoneId milestone,
            @Nullable ProjectId project,
            @Nullable PartialDate due,
            @Nullable Integer weight,
            @Nullable PartialDate on,
            @Nullable PartialDate metOn,
            @JsonUnwrapped @Required("title") Details details)
            implements Body {
        MilestoneEvent fact(PlanId plan, Today today) {
            var weight = Objects.requireNonNullElse(this.weight, 1);
            if (metOn == null) {
                return new MilestoneScheduled(plan, today.or(on), milestone, project, due, weight, details);
            }
            return new MilestoneLogged(plan, metOn, milestone, project, weight, details);
        }

        @Override
        public List<Field> contradictions() {
            return metOn == null || (due == null && on == null)
                    ? List.of()
                    : List.of(new Field("metOn", "stands instead of due and on, not beside them"));
        }
    }

    /** A {@code due} of null: no date; left out, it would clear one unseen. */
    record Rescheduling(
            @JsonProperty(required = true) @Nullable PartialDate due,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details)
            implements Body {}

    record Settling(@Nullable PartialDate on, @JsonUnwrapped Details details) implements Body {}

    record MilestoneWithdrawal(
            @Nullable PartialDate on,
            @JsonUnwrapped @Required("reason") Details details) implements Body {
        @Override
        public List<Field> contradictions() {
            return details.reason() == null ? List.of(Field.missing("reason", "why it is given up")) : List.of();
        }
    }

    record PartSettling(
            BigDecimal share,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details) implements Body {}

    /** What is absent stays as it was; without {@code on} it holds from the milestone's beginning. */
    record MilestoneAmendment(
            @Nullable ProjectId project,
            @Nullable Integer weight,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details)
            implements Body {}

    @Operation(
            operationId = "scheduleMilestone",
            summary = "Schedule a milestone, or log one as met",
            description = "Its first due date is its baseline and is never lost. With metOn it is met at once.")
    @PostMapping
    ResponseEntity<Receipt> schedule(Target target, @RequestBody Scheduling body) {
        return commands.create(
                target,
                body.fact(target.plan(), today),
                "/api/plans/" + target.plan() + "/milestones/" + body.milestone());
    }

    @Operation(
            operationId = "rescheduleMilestone",
            summary = "Reschedule a milestone",
            description = "To another date, or with null to none.")
    @PostMapping("/{milestone}/reschedule")
    ResponseEntity<Receipt> reschedule(
            Target target, @PathVariable MilestoneId milestone, @RequestBody Rescheduling body) {
        return commands.send(
                target,
                new MilestoneRescheduled(target.plan(), today.or(body.on()), milestone, body.due(), body.details()));
    }

    @Operation(operationId = "meetMilestone", summary = "Record that a milestone was met")
    @PostMapping("/{milestone}/met")
    ResponseEntity<Receipt> met(Target target, @PathVariable MilestoneId milestone, @RequestBody Settling body) {
        return commands.send(target, new MilestoneMet(target.plan(), today.or(body.on()), milestone, body.details()));
    }

    @Operation(
            operationId = "partiallyMeetMilestone",
            summary = "Record that a milestone was met in part",
            description = "share of its weight is earned.")
    @PostMapping("/{milestone}/partially-met")
    ResponseEntity<Receipt> partiallyMet(
            Target target, @PathVariable MilestoneId milestone, @RequestBody PartSettling body) {
        return commands.send(
                target,
                new MilestonePartiallyMet(target.plan(), today.or(body.on()), milestone, body.share(), body.details()));
    }

    @Operation(
            operationId = "missMilestone",
            summary = "Record that a milestone was not met",
            description = "Once the day given is over.")
    @PostMapping("/{milestone}/not-met")
    ResponseEntity<Receipt> notMet(Target target, @PathVariable MilestoneId milestone, @RequestBody Settling body) {
        return commands.send(
                target, new MilestoneNotMet(target.plan(), today.or(body.on()), milestone, body.details()));
    }

    @Operation(operationId = "withdrawMilestone", summary = "Withdraw a milestone", description = "For a reason.")
    @PostMapping("/{milestone}/withdraw")
    ResponseEntity<Receipt> withdraw(
            Target target, @PathVariable MilestoneId milestone, @RequestBody MilestoneWithdrawal body) {
        return commands.send(
                target, new MilestoneWithdrawn(target.plan(), today.or(body.on()), milestone, body.details()));
    }

    @Operation(
            operationId = "amendMilestone",
            summary = "Amend a milestone's title, project or weight",
            description =
                    "From the day given, or else from its beginning. What is absent or null stays as it was; another"
                            + " weight rewrites earned and planned value, and needs a reason.")
    @PostMapping("/{milestone}/amend")
    ResponseEntity<Receipt> amend(
            Target target, @PathVariable MilestoneId milestone, @RequestBody MilestoneAmendment body) {
        return commands.send(new Command(
                target,
                new MilestoneAmended(
                        target.plan(), today.or(body.on()), milestone, body.project(), body.weight(), body.details()),
                body.on() == null));
    }
}
