package milepost.api.read;

import static milepost.api.http.Moments.known;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import milepost.api.http.Moments;
import milepost.api.http.Today;
import milepost.api.http.When;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Reason;
import milepost.event.MilestoneId;
import milepost.event.PartnershipId;
import milepost.event.PlanId;
import milepost.event.ProjectId;
import milepost.query.plan.PartnershipRow;
import milepost.query.plan.Plan;
import milepost.query.plan.ProjectRow;
import milepost.query.plan.store.Plans;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One part of a plan, where the Location of its recording points. */
@RestController
@Needs(Right.READ)
@RequestMapping("/api/plans/{plan}")
class PartsEndpoint {
    private final Plans plans;
    private final Moments moments;
    private final Today today;

    PartsEndpoint(Plans plans, Moments moments, Today today) {
        this.plans = plans;
        this.moments = moments;
        this.today = today;
    }

    @Operation(operationId = "readProject", summary = "Read a project, now or then")
    @Tag(name = "Projects")
    @GetMapping("/projects/{project}")
    ProjectRow project(@PathVariable PlanId plan, @PathVariable ProjectId project, @ParameterObject When when) {
        return read(
                plan,
                when,
                p -> p.projects().stream().filter(part -> part.project().equals(project)),
                () -> Reason.PROJECT_UNKNOWN.rejected("The plan has no project '" + project + "'."));
    }

    @Operation(operationId = "readMilestone", summary = "Read a milestone, now or then")
    @Tag(name = "Milestones")
    @GetMapping("/milestones/{milestone}")
    Plan.MilestoneOnDay milestone(
            @PathVariable PlanId plan, @PathVariable MilestoneId milestone, @ParameterObject When when) {
        return read(
                plan,
                when,
                p -> p.milestones().stream()
                        .filter(part -> part.milestone().milestone().equals(milestone)),
                () -> Reason.MILESTONE_UNKNOWN.rejected("The plan has no milestone '" + milestone + "'."));
    }

    @Operation(operationId = "readPartnership", summary = "Read a partnership, now or then")
    @Tag(name = "Partnerships")
    @GetMapping("/partnerships/{partnership}")
    PartnershipRow partnership(
            @PathVariable PlanId plan, @PathVariable PartnershipId partnership, @ParameterObject When when) {
        return read(
                plan,
                when,
                p -> p.partnerships().stream().filter(part -> part.partnership().equals(partnership)),
                () -> Reason.PARTNERSHIP_UNKNOWN.rejected("The plan has no partnership '" + partnership + "'."));
    }

    private <T> T read(PlanId plan, When when, Function<Plan, Stream<T>> part, Supplier<RuntimeException> unknown) {
        var moment = moments.of(when, plan);
        var rows = known(plans.at(moment, plan), plan, moment);
        return part.apply(Plan.on(moment.day(today.day()), rows)).findFirst().orElseThrow(unknown);
    }
}
