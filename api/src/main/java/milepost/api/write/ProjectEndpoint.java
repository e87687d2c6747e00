package milepost.api.write;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import milepost.api.http.Body;
import milepost.api.http.Required;
import milepost.api.http.Today;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Rejected.Field;
import milepost.command.Target;
import milepost.event.Details;
import milepost.event.Health;
import milepost.event.PartialDate;
import milepost.event.Phase;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The priority projects of a plan. */
@RestController
@Needs(Right.RECORD)
@RequestMapping(path = "/api/plans/{plan}/projects", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Projects")
class ProjectEndpoint {
    private final Commands commands;
    private final Today today;

    ProjectEndpoint(Commands commands, Today today) {
        this.commands = commands;
        this.today = today;
    }

    record Addition(
            ProjectId project,
            List<String> focusAreas,
            @Nullable PartialDate on,
            @JsonUnwrapped @Required("title") Details details)
            implements Body {}

    record Renaming(
            @Nullable PartialDate on,
            @JsonUnwrapped @Required("title") Details details) implements Body {}

    record ProjectWithdrawal(
            @Nullable PartialDate on,
            @JsonUnwrapped @Required("reason") Details details) implements Body {
        @Override
        public List<Field> contradictions() {
            return details.reason() == null ? List.of(Field.missing("reason", "why it is given up")) : List.of();
        }
    }

    record PhaseChange(
            Phase phase,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details) implements Body {}

    record ProjectReport(
            @Nullable Health health,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details) implements Body {}

    @Operation(operationId = "addProject", summary = "Add a project")
    @PostMapping
    ResponseEntity<Receipt> add(Target target, @RequestBody Addition body) {
        return commands.create(
                target,
                new ProjectAdded(target.plan(), today.or(body.on()), body.project(), body.focusAreas(), body.details()),
                "/api/plans/" + target.plan() + "/projects/" + body.project());
    }

    @Operation(operationId = "renameProject", summary = "Rename a project")
    @PostMapping("/{project}/rename")
    ResponseEntity<Receipt> rename(Target target, @PathVariable ProjectId project, @RequestBody Renaming body) {
        return commands.send(target, new ProjectRenamed(target.plan(), today.or(body.on()), project, body.details()));
    }

    @Operation(operationId = "changeProjectPhase", summary = "Change a project's phase")
    @PostMapping("/{project}/phase")
    ResponseEntity<Receipt> phase(Target target, @PathVariable ProjectId project, @RequestBody PhaseChange body) {
        return commands.send(
                target,
                new ProjectPhaseChanged(target.plan(), today.or(body.on()), project, body.phase(), body.details()));
    }

    @Operation(
            operationId = "reportProjectStatus",
            summary = "Report on a project",
            description = "Its health, a narrative or both.")
    @PostMapping("/{project}/status-reports")
    ResponseEntity<Receipt> report(Target target, @PathVariable ProjectId project, @RequestBody ProjectReport body) {
        return commands.send(
                target,
                new ProjectStatusReported(target.plan(), today.or(body.on()), project, body.health(), body.details()));
    }

    @Operation(
            operationId = "withdrawProject",
            summary = "Withdraw a project",
            description = "For a reason, once its open milestones are settled.")
    @PostMapping("/{project}/withdraw")
    ResponseEntity<Receipt> withdraw(
            Target target, @PathVariable ProjectId project, @RequestBody ProjectWithdrawal body) {
        return commands.send(target, new ProjectWithdrawn(target.plan(), today.or(body.on()), project, body.details()));
    }
}
