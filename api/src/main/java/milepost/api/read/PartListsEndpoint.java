package milepost.api.read;

import static milepost.api.http.Moments.known;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.api.http.Links;
import milepost.api.http.Moments;
import milepost.api.http.Today;
import milepost.api.http.When;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Framework;
import milepost.event.MilestoneStatus;
import milepost.event.PartnershipStatus;
import milepost.event.Phase;
import milepost.event.PlanId;
import milepost.query.plan.PartnershipRow;
import milepost.query.plan.Plan;
import milepost.query.plan.ProjectRow;
import milepost.query.plan.store.Plans;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The parts of a plan, by id. */
@RestController
@Needs(Right.READ)
@RequestMapping("/api/plans/{plan}")
class PartListsEndpoint {
    private static final String PROJECT = "Only those of this project.";

    private final Plans plans;
    private final Moments moments;
    private final Today today;

    PartListsEndpoint(Plans plans, Moments moments, Today today) {
        this.plans = plans;
        this.moments = moments;
        this.today = today;
    }

    record ProjectFilter(
            @Parameter(description = "A focus area of the framework.", example = "built-infrastructure") @Nullable
            String focusArea,

            @Parameter(description = "The phase it is in.", example = "preparation") @Nullable
            String phase) {
        boolean matches(ProjectRow project) {
            return (focusArea == null || project.focusAreas().contains(focusArea))
                    && (phase == null
                            || (project.phase() != null && project.phase().code.equals(phase)));
        }
    }

    record MilestoneFilter(
            @Parameter(description = "The milestone's status.", example = "scheduled") @Nullable
            String status,

            @Parameter(description = "Only those that are overdue, or only those that are not.") @Nullable
            Boolean overdue,

            @Parameter(description = PROJECT, example = "2") @Nullable
            String project) {
        boolean matches(Plan.MilestoneOnDay milestone) {
            var row = milestone.milestone();
            return (status == null || row.status().code.equals(status))
                    && (overdue == null || overdue == milestone.overdue())
                    && (project == null
                            || (row.project() != null && row.project().text().equals(project)));
        }
    }

    record PartnershipFilter(
            @Parameter(description = "The partnership's status.", example = "active") @Nullable
            String status,

            @Parameter(description = PROJECT, example = "2") @Nullable
            String project) {
        boolean matches(PartnershipRow partnership) {
            return (status == null || partnership.status().code.equals(status))
                    && (project == null
                            || (partnership.project() != null
                                    && partnership.project().text().equals(project)));
        }
    }

    /** Which page. */
    record Paging(
            @Parameter(description = "1 to 200; 50 unless told otherwise.") @Nullable
            Integer limit,

            @Parameter(description = "From the last page's next link.") @Nullable
            String after) {}

    /** A page of parts. */
    record PartsPage<T>(List<T> items, @Nullable String next) {}

    @Operation(operationId = "listProjects", summary = "List a plan's projects, now or then", description = "By id.")
    @Tag(name = "Projects")
    @GetMapping("/projects")
    PartsPage<ProjectRow> projects(
            @PathVariable PlanId plan,
            @ParameterObject When when,
            @ParameterObject ProjectFilter filter,
            @ParameterObject Paging paging) {
        Links.oneOf(
                "focusArea", filter.focusArea(), Framework.FOCUS_AREAS.stream().sorted());
        Links.oneOf("phase", filter.phase(), Arrays.stream(Phase.values()).map(phase -> phase.code));
        return page(
                paging,
                part -> part.project().text(),
                read(plan, when).projects().stream().filter(filter::matches));
    }

    @Operation(
            operationId = "listMilestones",
            summary = "List a plan's milestones, now or then",
            description = "By id.")
    @Tag(name = "Milestones")
    @GetMapping("/milestones")
    PartsPage<Plan.MilestoneOnDay> milestones(
            @PathVariable PlanId plan,
            @ParameterObject When when,
            @ParameterObject MilestoneFilter filter,
            @ParameterObject Paging paging) {
        Links.oneOf(
                "status",
                filter.status(),
                Arrays.stream(MilestoneStatus.values()).map(status -> status.code));
        return page(
                paging,
                part -> part.milestone().milestone().text(),
                read(plan, when).milestones().stream().filter(filter::matches));
    }

    @Operation(
            operationId = "listPartnerships",
            summary = "List a plan's partnerships, now or then",
            description = "By id.")
    @Tag(name = "Partnerships")
    @GetMapping("/partnerships")
    PartsPage<PartnershipRow> partnerships(
            @PathVariable PlanId plan,
            @ParameterObject When when,
            @ParameterObject PartnershipFilter filter,
            @ParameterObject Paging paging) {
        Links.oneOf(
                "status",
                filter.status(),
                Arrays.stream(PartnershipStatus.values()).map(status -> status.code));
        return page(
                paging,
                part -> part.partnership().text(),
                read(plan, when).partnerships().stream().filter(filter::matches));
    }

    private Plan read(PlanId plan, When when) {
        var moment = moments.of(when, plan);
        return Plan.on(moment.day(today.day()), known(plans.at(moment, plan), plan, moment));
    }

    /** Ids stay, so a part that begins, or ends to be told of, between two pages moves no other. */
    private static <T> PartsPage<T> page(Paging paging, Function<T, String> id, Stream<T> parts) {
        var most = Links.limit(paging.limit());
        var after = Links.decode(paging.after());
        var found = parts.filter(part -> after == null || id.apply(part).compareTo(after) > 0)
                .sorted(Comparator.comparing(id))
                .limit(most + 1L)
                .toList();
        var page = found.stream().limit(most).toList();
        return new PartsPage<>(
                page, Links.next(found.size() > most ? Optional.of(id.apply(page.getLast())) : Optional.empty()));
    }
}
