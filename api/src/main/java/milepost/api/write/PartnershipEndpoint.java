package milepost.api.write;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import milepost.api.http.Body;
import milepost.api.http.Required;
import milepost.api.http.Today;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.event.Details;
import milepost.event.Money;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The partnerships of a plan. */
@RestController
@Needs(Right.RECORD)
@RequestMapping(path = "/api/plans/{plan}/partnerships", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Partnerships")
class PartnershipEndpoint {
    private final Commands commands;
    private final Today today;

    PartnershipEndpoint(Commands commands, Today today) {
        this.commands = commands;
        this.today = today;
    }

    /** Its {@code organisations} are the partners. */
    record Recording(
            PartnershipId partnership,
            @Nullable ProjectId project,
            @Nullable String programme,
            PartnershipStatus status,
            @Nullable Money amount,
            @Nullable PartialDate on,

            @JsonUnwrapped @Required({"title", "organisations"})
            Details details)
            implements Body {}

    record PartnershipStatusChange(
            PartnershipStatus status,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details) implements Body {}

    /** What is absent stays as it was; without {@code on} it holds from the partnership's beginning. */
    record PartnershipAmendment(
            @Nullable String programme,
            @Nullable Money amount,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details)
            implements Body {}

    @Operation(operationId = "recordPartnership", summary = "Record a partnership")
    @PostMapping
    ResponseEntity<Receipt> record(Target target, @RequestBody Recording body) {
        return commands.create(
                target,
                new PartnershipRecorded(
                        target.plan(),
                        today.or(body.on()),
                        body.partnership(),
                        body.project(),
                        body.programme(),
                        body.status(),
                        body.amount(),
                        body.details()),
                "/api/plans/" + target.plan() + "/partnerships/" + body.partnership());
    }

    @Operation(operationId = "changePartnershipStatus", summary = "Change a partnership's status")
    @PostMapping("/{partnership}/status")
    ResponseEntity<Receipt> status(
            Target target, @PathVariable PartnershipId partnership, @RequestBody PartnershipStatusChange body) {
        return commands.send(
                target,
                new PartnershipStatusChanged(
                        target.plan(), today.or(body.on()), partnership, body.status(), body.details()));
    }

    @Operation(
            operationId = "amendPartnership",
            summary = "Amend a partnership's title, programme, amount or organisations",
            description = "From the day given, or else from its beginning. What is absent or null stays as it was.")
    @PostMapping("/{partnership}/amend")
    ResponseEntity<Receipt> amend(
            Target target, @PathVariable PartnershipId partnership, @RequestBody PartnershipAmendment body) {
        return commands.send(new Command(
                target,
                new PartnershipAmended(
                        target.plan(),
                        today.or(body.on()),
                        partnership,
                        body.programme(),
                        body.amount(),
                        body.details()),
                body.on() == null));
    }
}
