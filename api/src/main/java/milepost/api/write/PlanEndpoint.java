package milepost.api.write;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import milepost.api.http.Body;
import milepost.api.http.Today;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Rejected.Field;
import milepost.command.Target;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.event.Slug;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The plan itself. */
@RestController
@Needs(Right.RECORD)
@RequestMapping("/api/plans")
@Tag(name = "Plans")
class PlanEndpoint {
    private final Commands commands;
    private final Today today;

    PlanEndpoint(Commands commands, Today today) {
        this.commands = commands;
        this.today = today;
    }

    /** No {@code plan}: the city's slug. */
    record Opening(
            @Nullable PlanId plan,
            @JsonUnwrapped CityProfile profile,
            PartialDate from,
            PartialDate to,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details)
            implements Body {}

    record PlanStatusChange(
            PlanStatus status,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details) implements Body {}

    record PlanReport(
            @Nullable Health health,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details) implements Body {}

    record Appointment(
            OfficerId officer,
            OfficerRole role,
            String name,
            @Nullable String designation,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details)
            implements Body {}

    record Relief(@Nullable PartialDate on, @JsonUnwrapped Details details) implements Body {}

    record Retraction(@Nullable Long version, String reason) implements Body {
        @Override
        public List<Field> contradictions() {
            return version == null ? List.of(Field.missing("version")) : List.of();
        }
    }

    @Operation(summary = "Open a plan")
    @Needs(Right.FOUND)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> open(Target target, @RequestBody Opening body) {
        var plan = body.plan() == null
                ? new PlanId(Slug.of(Objects.requireNonNullElse(body.profile().city(), "")))
                : body.plan();
        return commands.create(
                target,
                new PlanOpened(plan, today.or(body.on()), body.profile(), body.from(), body.to(), body.details()),
                "/api/plans/" + plan);
    }

    @Operation(
            summary = "Change the plan's status",
            description =
                    "A closed plan takes nothing else. While milestones are open, suspended, completed and closed need a"
                            + " reason.")
    @PostMapping(path = "/{plan}/status", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> status(Target target, @RequestBody PlanStatusChange body) {
        return commands.send(
                target, new PlanStatusChanged(target.plan(), today.or(body.on()), body.status(), body.details()));
    }

    @Operation(summary = "Report on the plan", description = "Its health, a narrative or both.")
    @PostMapping(path = "/{plan}/status-reports", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> report(Target target, @RequestBody PlanReport body) {
        return commands.send(
                target, new PlanStatusReported(target.plan(), today.or(body.on()), body.health(), body.details()));
    }

    @Operation(summary = "Appoint an officer", description = "A record; it grants no right.")
    @Needs(Right.FOUND)
    @PostMapping(path = "/{plan}/officers", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> appoint(Target target, @RequestBody Appointment body) {
        return commands.create(
                target,
                new OfficerAppointed(
                        target.plan(),
                        today.or(body.on()),
                        body.officer(),
                        body.role(),
                        body.name(),
                        body.designation(),
                        body.details()),
                "/api/plans/" + target.plan());
    }

    @Operation(summary = "Relieve an officer")
    @Needs(Right.FOUND)
    @PostMapping(path = "/{plan}/officers/{officer}/relieve", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> relieve(Target target, @PathVariable OfficerId officer, @RequestBody Relief body) {
        return commands.send(target, new OfficerRelieved(target.plan(), today.or(body.on()), officer, body.details()));
    }

    @Operation(
            summary = "Retract a wrong fact",
            description = "It is left out from now on, and stays in the history. Refused if later facts build on it.")
    @PostMapping(path = "/{plan}/retractions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> retract(Target target, @RequestBody Retraction body) {
        return commands.send(
                target,
                new FactRetracted(target.plan(), Objects.requireNonNullElse(body.version(), 0L), body.reason()));
    }
}
