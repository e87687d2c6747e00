package milepost.query;

import static java.util.Comparator.comparing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import milepost.event.Evidence;
import milepost.event.FactRetracted;
import milepost.event.Happening;
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
import milepost.event.MilestoneStatus;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.ProjectId;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * A plan's milestones on a day as somebody would read them off a record whose facts all give a day: strike out what is
 * retracted and what lies ahead, sort by day, and go down the list.
 */
record NaivePlan(LocalDate day, boolean isOpen, List<NaivePlan.Milestone> milestones) {
    /** A milestone that day; its share in percent. */
    record Milestone(
            MilestoneId milestone,
            MilestoneStatus status,
            int percent,
            String title,
            @Nullable ProjectId project,
            int weight,
            @Nullable LocalDate baseline,
            @Nullable LocalDate due,
            @Nullable LocalDate metOn,
            @Nullable Long slippageDays,
            long statement,
            LocalDate on,
            boolean claimedWithoutEvidence,
            List<Long> evidence) {
        boolean isWithdrawn() {
            return status == MilestoneStatus.WITHDRAWN;
        }

        boolean isOverdue(LocalDate day) {
            var open = status == MilestoneStatus.SCHEDULED || status == MilestoneStatus.PARTIALLY_MET;
            return open && due != null && due.isBefore(day);
        }

        long percentOfWeight() {
            return (long) percent * weight;
        }
    }

    static NaivePlan on(LocalDate day, List<Recorded> record) {
        var facts = record.stream()
                .filter(fact -> record.stream().noneMatch(other -> retracts(other, fact)))
                .filter(fact -> fact.event() instanceof Happening happening
                        && !day(happening.on()).isAfter(day))
                .sorted(comparing(fact -> dayOf(fact))) // a stable sort: of one day, the later record comes later
                .toList();
        var told = facts.stream()
                .filter(fact -> fact.event() instanceof MilestoneEvent)
                .toList();
        return new NaivePlan(
                day,
                facts.stream().anyMatch(fact -> fact.event() instanceof PlanOpened),
                told.stream()
                        .map(fact -> ((MilestoneEvent) fact.event()).milestone())
                        .distinct()
                        .map(id -> milestone(
                                id,
                                told.stream()
                                        .filter(fact -> ((MilestoneEvent) fact.event())
                                                .milestone()
                                                .equals(id))
                                        .toList()))
                        .toList());
    }

    @Nullable
    Double progress() {
        var kept = milestones.stream().filter(m -> !m.isWithdrawn()).toList();
        return ratio(sum(kept, Milestone::percentOfWeight), sum(kept, Milestone::weight));
    }

    double earnedValue() {
        return sum(baselined(), Milestone::percentOfWeight) / 100.0;
    }

    double plannedValue() {
        return sum(passed(), Milestone::weight);
    }

    @Nullable
    Double schedulePerformanceIndex() {
        return ratio(sum(baselined(), Milestone::percentOfWeight), sum(passed(), Milestone::weight));
    }

    long overdue() {
        return milestones.stream().filter(m -> m.isOverdue(day)).count();
    }

    private List<Milestone> baselined() {
        return milestones.stream()
                .filter(m -> !m.isWithdrawn() && m.baseline() != null)
                .toList();
    }

    private List<Milestone> passed() {
        return baselined().stream()
                .filter(m -> Objects.requireNonNull(m.baseline()).isBefore(day))
                .toList();
    }

    private static Milestone milestone(MilestoneId id, List<Recorded> told) {
        var status = MilestoneStatus.SCHEDULED;
        var percent = 0;
        var title = id.text();
        ProjectId project = null;
        var weight = 1;
        LocalDate scheduled = null;
        LocalDate firstDue = null;
        LocalDate due = null;
        LocalDate metOn = null;
        var statement = told.getFirst();
        for (var recorded : told) {
            var fact = (MilestoneEvent) recorded.event();
            var day = day(fact.on());
            var wasMet = status == MilestoneStatus.MET;
            switch (fact) {
                case MilestoneScheduled e -> {
                    title = e.details().title();
                    project = e.project();
                    weight = e.weight();
                    scheduled = due = maybe(e.due());
                }
                case MilestoneRescheduled e -> {
                    due = maybe(e.due());
                    if (status == MilestoneStatus.NOT_MET) status = MilestoneStatus.SCHEDULED;
                }
                case MilestoneLogged e -> {
                    title = e.details().title();
                    project = e.project();
                    weight = e.weight();
                    if (status != MilestoneStatus.MET) metOn = day;
                    status = MilestoneStatus.MET;
                }
                case MilestoneMet e -> {
                    if (status != MilestoneStatus.MET) metOn = day;
                    status = MilestoneStatus.MET;
                }
                case MilestonePartiallyMet e -> {
                    status = MilestoneStatus.PARTIALLY_MET;
                    percent = e.share().movePointRight(2).intValueExact();
                }
                case MilestoneNotMet e -> status = MilestoneStatus.NOT_MET;
                case MilestoneWithdrawn e -> status = MilestoneStatus.WITHDRAWN;
                case MilestoneAmended e -> {
                    title = Objects.requireNonNullElse(e.details().title(), title);
                    project = e.project() == null ? project : e.project();
                    weight = Objects.requireNonNullElse(e.weight(), weight);
                }
            }
            if (firstDue == null) firstDue = due;
            var saysHowItStands = switch (fact) {
                case MilestoneAmended e -> false;
                case MilestoneScheduled e -> status == MilestoneStatus.SCHEDULED;
                case MilestoneRescheduled e -> status == MilestoneStatus.SCHEDULED;
                default -> !wasMet || status != MilestoneStatus.MET;
            };
            if (saysHowItStands) statement = recorded;
        }
        if (status == MilestoneStatus.MET) percent = 100;
        else metOn = null;
        if (status != MilestoneStatus.MET && status != MilestoneStatus.PARTIALLY_MET) percent = 0;
        var baseline = scheduled == null ? firstDue : scheduled;
        var settled = metOn == null ? due : metOn;
        var slippage = baseline == null || settled == null ? null : ChronoUnit.DAYS.between(baseline, settled);
        var isClaim = status != MilestoneStatus.SCHEDULED && status != MilestoneStatus.WITHDRAWN;
        return new Milestone(
                id,
                status,
                percent,
                String.valueOf(title),
                project,
                weight,
                baseline,
                due,
                metOn,
                slippage,
                statement.version(),
                dayOf(statement),
                isClaim && evidence(statement).isEmpty(),
                told.stream()
                        .filter(fact -> !evidence(fact).isEmpty())
                        .map(Recorded::version)
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    private static List<Evidence> evidence(Recorded fact) {
        return ((Happening) fact.event()).details().evidence();
    }

    private static LocalDate dayOf(Recorded fact) {
        return day(((Happening) fact.event()).on());
    }

    private static boolean retracts(Recorded other, Recorded fact) {
        return other.event() instanceof FactRetracted retraction && retraction.version() == fact.version();
    }

    private static LocalDate day(PartialDate date) {
        return LocalDate.parse(date.text());
    }

    private static @Nullable LocalDate maybe(@Nullable PartialDate date) {
        return date == null ? null : day(date);
    }

    private static long sum(List<Milestone> milestones, ToLongFunction<Milestone> value) {
        return milestones.stream().mapToLong(value).sum();
    }

    /** Of percents over weights. */
    private static @Nullable Double ratio(long percents, long weights) {
        return weights == 0 ? null : percents / (100.0 * weights);
    }
}
