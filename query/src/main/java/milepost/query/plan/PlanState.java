package milepost.query.plan;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import milepost.event.Dated;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneId;
import milepost.event.OfficerId;
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
import milepost.query.Fold;
import org.jspecify.annotations.Nullable;

/**
 * All that the facts of one plan say of it, in the order its parts were added.
 *
 * @param lastHappened the latest day on which anything counts from
 */
public record PlanState(
        @Nullable PlanOpened opening,
        @Nullable Dated<PlanStatus> status,
        @Nullable Dated<PlanStatusReported> report,
        @Nullable LocalDate lastHappened,
        Map<OfficerId, OfficerState> officers,
        Map<ProjectId, ProjectState> projects,
        Map<MilestoneId, MilestoneState> milestones,
        Map<PartnershipId, PartnershipState> partnerships) {
    public static final Fold<PlanState> FOLD = new Fold<>(
            new PlanState(null, null, null, null, Map.of(), Map.of(), Map.of(), Map.of()),
            (state, fact) -> state.evolve(fact.event()));

    private PlanState evolve(Event event) {
        return switch (event) {
            case Happening happening -> happened(happening.countsFrom()).evolve(happening);
            case FactRetracted retraction -> this; // a cut has left out both already
        };
    }

    private PlanState evolve(Happening fact) {
        return switch (fact) {
            case PlanEvent e -> evolve(e);
            case ProjectEvent e -> withProjects(with(projects, e.project(), p -> ProjectState.evolve(p, e)));
            case MilestoneEvent e -> withMilestones(with(milestones, e.milestone(), m -> MilestoneState.evolve(m, e)));
            case PartnershipEvent e ->
                withPartnerships(with(partnerships, e.partnership(), p -> PartnershipState.evolve(p, e)));
        };
    }

    private PlanState evolve(PlanEvent fact) {
        return switch (fact) {
            case PlanOpened e -> opening == null ? withCharter(e, status, report) : this;
            case PlanStatusChanged e -> withCharter(opening, Dated.add(status, e.on(), e.status()), report);
            case PlanStatusReported e -> withCharter(opening, status, Dated.add(report, e.on(), e));
            case OfficerAppointed e -> withOfficers(with(officers, e.officer(), o -> OfficerState.appointed(o, e)));
            case OfficerRelieved e ->
                officers.containsKey(e.officer())
                        ? withOfficers(with(officers, e.officer(), o -> OfficerState.relieved(o, e)))
                        : this;
        };
    }

    private PlanState happened(LocalDate day) {
        var last = lastHappened == null || day.isAfter(lastHappened) ? day : lastHappened;
        return new PlanState(opening, status, report, last, officers, projects, milestones, partnerships);
    }

    private PlanState withCharter(
            @Nullable PlanOpened opening,
            @Nullable Dated<PlanStatus> status,
            @Nullable Dated<PlanStatusReported> report) {
        return new PlanState(opening, status, report, lastHappened, officers, projects, milestones, partnerships);
    }

    private PlanState withOfficers(Map<OfficerId, OfficerState> officers) {
        return new PlanState(opening, status, report, lastHappened, officers, projects, milestones, partnerships);
    }

    private PlanState withProjects(Map<ProjectId, ProjectState> projects) {
        return new PlanState(opening, status, report, lastHappened, officers, projects, milestones, partnerships);
    }

    private PlanState withMilestones(Map<MilestoneId, MilestoneState> milestones) {
        return new PlanState(opening, status, report, lastHappened, officers, projects, milestones, partnerships);
    }

    private PlanState withPartnerships(Map<PartnershipId, PartnershipState> partnerships) {
        return new PlanState(opening, status, report, lastHappened, officers, projects, milestones, partnerships);
    }

    private static <K, V> Map<K, V> with(Map<K, V> all, K id, UnaryOperator<@Nullable V> change) {
        var changed = new LinkedHashMap<>(all);
        changed.put(id, Objects.requireNonNull(change.apply(all.get(id))));
        return Collections.unmodifiableMap(changed);
    }
}
