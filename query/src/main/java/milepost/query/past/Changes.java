package milepost.query.past;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import milepost.event.Id;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.query.plan.Indicators;
import milepost.query.plan.OfficerRow;
import milepost.query.plan.PartnershipRow;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRow;
import milepost.query.plan.ProjectRow;
import milepost.query.timeline.TimelineEntry;
import org.jspecify.annotations.Nullable;

/**
 * What differs in one plan between two moments: the two states compared, not the facts between them counted.
 *
 * @param standing how the plan itself stands, its charter, status and report; absent if as before
 * @param retractions every one recorded between the two
 */
public record Changes(
        PlanId plan,
        Side from,
        Side to,
        @Nullable Change<PlanRow> standing,
        List<Change<OfficerRow>> officers,
        List<Change<ProjectRow>> projects,
        List<MilestoneChange> milestones,
        List<Change<PartnershipRow>> partnerships,
        List<TimelineEntry> retractions) {
    /** One of the two moments, with the numbers of its day; what is of the plan is absent if there was none yet. */
    public record Side(
            LocalDate day,
            @Nullable Long version,
            @Nullable Instant at,
            @Nullable Indicators indicators) {}

    /**
     * Compares what one record says at two moments, the earlier one first.
     *
     * @param recorded every fact recorded by the later moment, in stream order
     * @return empty if there was no plan at the later one either
     */
    public static Optional<Changes> between(List<Recorded> recorded, Moment from, Moment to, LocalDate today) {
        return between(View.of(recorded, from, today), View.of(recorded, to, today));
    }

    static Optional<Changes> between(View from, View to) {
        return to.plan().map(after -> of(from, to, from.plan(), after));
    }

    private static Changes of(View from, View to, Optional<Plan> before, Plan after) {
        var causes = new Causes(from, to);
        var comparison = new Comparison(causes, before, after);
        return new Changes(
                after.plan().plan(),
                from.side(),
                to.side(),
                comparison.standing(),
                comparison.of(
                        plan -> plan.plan().officers(),
                        UnaryOperator.identity(),
                        OfficerRow::officer,
                        OfficerRow::name,
                        ChangeKind::officer),
                comparison.of(
                        Plan::projects,
                        UnaryOperator.identity(),
                        ProjectRow::project,
                        ProjectRow::title,
                        ChangeKind::project),
                comparison
                        .of(
                                Plan::milestones,
                                Plan.MilestoneOnDay::withoutDays,
                                m -> m.milestone().milestone(),
                                m -> m.milestone().title(),
                                ChangeKind::milestone)
                        .stream()
                        .map(MilestoneChange::of)
                        .toList(),
                comparison.of(
                        Plan::partnerships,
                        UnaryOperator.identity(),
                        PartnershipRow::partnership,
                        PartnershipRow::title,
                        ChangeKind::partnership),
                causes.retractions());
    }

    @JsonIgnore
    public boolean isEmpty() {
        return all().findAny().isEmpty() && retractions.isEmpty();
    }

    /** Every change, whatever it is in. */
    Stream<Change<?>> all() {
        return Stream.of(
                        Stream.ofNullable(standing),
                        officers.stream(),
                        projects.stream(),
                        milestones.stream().map(MilestoneChange::change),
                        partnerships.stream())
                .flatMap(changes -> changes);
    }

    private record Comparison(Causes causes, Optional<Plan> before, Plan after) {
        /** The plan's row has its version in it and its officers, which differ for other reasons. */
        @Nullable
        Change<PlanRow> standing() {
            var then = before.map(Plan::plan).orElse(null);
            var now = after.plan();
            if (then != null
                    && now.status() == then.status()
                    && Objects.equals(now.statusReport(), then.statusReport())
                    && now.charter().equals(then.charter())) return null;
            var title = now.title() == null ? now.city() : now.title();
            return change(now.plan(), title, ChangeKind.plan(then, now), then, now);
        }

        <T> List<Change<T>> of(
                Function<Plan, List<T>> parts,
                UnaryOperator<T> compared,
                Function<T, Id> id,
                Function<T, String> title,
                BiFunction<@Nullable T, @Nullable T, List<ChangeKind>> what) {
            var then = new LinkedHashMap<Id, T>();
            before.map(parts).orElse(List.of()).forEach(part -> then.put(id.apply(part), part));
            var now = new LinkedHashMap<Id, T>();
            parts.apply(after).forEach(part -> now.put(id.apply(part), part));
            return Stream.concat(now.keySet().stream(), then.keySet().stream())
                    .distinct()
                    .filter(part -> !Optional.ofNullable(then.get(part))
                            .map(compared)
                            .equals(Optional.ofNullable(now.get(part)).map(compared)))
                    .map(part -> {
                        var old = then.get(part);
                        var young = now.get(part);
                        var either = Objects.requireNonNull(young == null ? old : young);
                        return change(part, title.apply(either), what.apply(old, young), old, young);
                    })
                    .toList();
        }

        private <T> Change<T> change(Id id, String title, List<ChangeKind> words, @Nullable T then, @Nullable T now) {
            var facts = causes.of(id);
            var retracted = facts.stream().anyMatch(fact -> fact.retracts() != null);
            var what = new ArrayList<>(retracted && now == null ? List.of() : words);
            if (retracted) what.add(ChangeKind.RETRACTED);
            if (what.isEmpty()) what.add(ChangeKind.UPDATED);
            return new Change<>(id.text(), title, List.copyOf(what), then, now, facts);
        }
    }
}
