package milepost.command.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneId;
import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipId;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * The state of one plan, as far as its rules need it; {@code evolve} never fails, for any fact in any order.
 *
 * @param officers who each is; empty while out of office
 */
record ActionPlan(
        @Nullable PlanOpened opening,
        @Nullable Dated<PlanStatus> status,
        @Nullable Dated<PlanStatusReported> report,
        Map<OfficerId, Dated<Optional<Office>>> officers,
        Map<ProjectId, Project> projects,
        Map<MilestoneId, Milestone> milestones,
        Map<PartnershipId, Partnership> partnerships) {
    /** What an officer was appointed as. */
    record Office(OfficerRole role, String name, @Nullable String designation) {
        static Office of(OfficerAppointed e) {
            return new Office(e.role(), e.name(), e.designation());
        }
    }

    static final ActionPlan NONE = new ActionPlan(null, null, null, Map.of(), Map.of(), Map.of(), Map.of());

    ActionPlan evolve(Happening fact) {
        return switch (fact) {
            case PlanEvent e -> evolve(e);
            case ProjectEvent e ->
                new ActionPlan(
                        opening,
                        status,
                        report,
                        officers,
                        with(projects, e.project(), p -> Project.or(p).evolve(e)),
                        milestones,
                        partnerships);
            case MilestoneEvent e ->
                new ActionPlan(
                        opening,
                        status,
                        report,
                        officers,
                        projects,
                        with(milestones, e.milestone(), m -> Milestone.or(m).evolve(e)),
                        partnerships);
            case PartnershipEvent e ->
                new ActionPlan(
                        opening,
                        status,
                        report,
                        officers,
                        projects,
                        milestones,
                        with(
                                partnerships,
                                e.partnership(),
                                p -> Partnership.or(p).evolve(e)));
        };
    }

    private ActionPlan evolve(PlanEvent fact) {
        return switch (fact) {
            case PlanOpened e -> opening == null ? with(e, status, report, officers) : this;
            case PlanStatusChanged e -> with(opening, Dated.add(status, e.on(), e.status()), report, officers);
            case PlanStatusReported e -> with(opening, status, Dated.add(report, e.on(), e), officers);
            case OfficerAppointed e ->
                with(
                        opening,
                        status,
                        report,
                        with(officers, e.officer(), o -> Dated.add(o, e.on(), Optional.of(Office.of(e)))));
            case OfficerRelieved e ->
                with(opening, status, report, with(officers, e.officer(), o -> Dated.add(o, e.on(), Optional.empty())));
        };
    }

    private ActionPlan with(
            @Nullable PlanOpened opening,
            @Nullable Dated<PlanStatus> status,
            @Nullable Dated<PlanStatusReported> report,
            Map<OfficerId, Dated<Optional<Office>>> officers) {
        return new ActionPlan(opening, status, report, officers, projects, milestones, partnerships);
    }

    private static <K, V> Map<K, V> with(Map<K, V> all, K id, UnaryOperator<@Nullable V> change) {
        var changed = new HashMap<>(all);
        changed.put(id, Objects.requireNonNull(change.apply(all.get(id))));
        return Map.copyOf(changed);
    }

    /** Whether the fact would leave the plan standing as it does. */
    boolean says(Happening fact) {
        return switch (fact) {
            case PlanEvent e -> says(e);
            case ProjectEvent e -> Project.or(projects.get(e.project())).says(e);
            case MilestoneEvent e -> {
                var known = milestones.get(e.milestone());
                yield known != null && known.evolve(e).standsLike(known);
            }
            case PartnershipEvent e ->
                Partnership.or(partnerships.get(e.partnership())).says(e);
        };
    }

    private boolean says(PlanEvent fact) {
        return switch (fact) {
            case PlanOpened e -> opening != null;
            case PlanStatusChanged e -> Dated.holds(status, e.status());
            case PlanStatusReported e -> Dated.holds(report, e);
            case OfficerAppointed e -> Dated.holds(officers.get(e.officer()), Optional.of(Office.of(e)));
            case OfficerRelieved e -> Dated.holds(officers.get(e.officer()), Optional.empty());
        };
    }

    PlanStatus currentStatus() {
        return Dated.valueOf(status, PlanStatus.DRAFT);
    }
}
