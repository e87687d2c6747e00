package milepost.query.metric;

import static milepost.query.metric.Metric.PLAN_EARNED_VALUE;
import static milepost.query.metric.Metric.PLAN_LAST_HAPPENED;
import static milepost.query.metric.Metric.PLAN_LAST_RECORDED;
import static milepost.query.metric.Metric.PLAN_MILESTONES;
import static milepost.query.metric.Metric.PLAN_MILESTONES_DUE_30D;
import static milepost.query.metric.Metric.PLAN_MILESTONES_NEWLY_OVERDUE;
import static milepost.query.metric.Metric.PLAN_MILESTONES_OVERDUE;
import static milepost.query.metric.Metric.PLAN_NEXT_DUE;
import static milepost.query.metric.Metric.PLAN_PARTNERSHIPS;
import static milepost.query.metric.Metric.PLAN_PLANNED_VALUE;
import static milepost.query.metric.Metric.PLAN_PROGRESS;
import static milepost.query.metric.Metric.PLAN_PROJECTS;
import static milepost.query.metric.Metric.PLAN_SCHEDULE_PERFORMANCE;
import static milepost.query.metric.Metric.PLAN_SLIPPAGE;
import static milepost.query.metric.Metric.PLAN_STATUS_NOW;
import static milepost.query.metric.Metric.PLAN_WEIGHT;
import static milepost.query.metric.Metric.PLAN_WEIGHT_MET;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import milepost.event.MilestoneStatus;
import milepost.event.PartnershipStatus;
import milepost.event.Phase;
import milepost.event.PlanStatus;
import milepost.query.plan.Indicators;
import milepost.query.plan.MilestoneRow;
import milepost.query.plan.PlanRows;
import org.jspecify.annotations.Nullable;

/** The samples of one plan on a day; the same for every node that has the same rows. */
final class ProgressMeters {
    private static final int SOON_DAYS = 30;
    private static final int NEW_DAYS = 7;
    private static final String NONE = "none";
    private static final String OTHER = "other";
    private static final Set<String> PROGRAMMES = Set.of("twinning", "smart-jamp", "us-ascp");

    private ProgressMeters() {}

    static void add(Sink samples, PlanRows rows, LocalDate day) {
        var plan = rows.plan();
        var indicators = Indicators.of(rows.milestones(), rows.partnerships(), day);
        var labels = List.of(plan.plan().text(), plan.city(), plan.country());
        samples.add(PLAN_PROGRESS, indicators.progress(), labels);
        samples.add(PLAN_WEIGHT, counted(rows).mapToLong(MilestoneRow::weight).sum(), labels);
        samples.add(
                PLAN_WEIGHT_MET,
                counted(rows).map(MilestoneRow::earned).reduce(BigDecimal.ZERO, BigDecimal::add),
                labels);
        samples.add(PLAN_SCHEDULE_PERFORMANCE, indicators.schedulePerformanceIndex(), labels);
        samples.add(PLAN_EARNED_VALUE, indicators.earnedValue(), labels);
        samples.add(PLAN_PLANNED_VALUE, indicators.plannedValue(), labels);
        indicators.milestones().forEach((status, n) -> samples.add(PLAN_MILESTONES, n, and(labels, status)));
        samples.add(PLAN_MILESTONES_OVERDUE, indicators.overdue(), labels);
        samples.add(PLAN_MILESTONES_NEWLY_OVERDUE, newlyOverdue(rows, day), labels);
        samples.add(PLAN_MILESTONES_DUE_30D, dueSoon(rows, day), labels);
        samples.add(PLAN_NEXT_DUE, nextDue(rows, day), labels);
        samples.add(PLAN_SLIPPAGE, worstSlippage(rows), labels);
        partnerships(samples, rows, labels);
        projects(samples, rows, labels);
        for (var status : PlanStatus.values()) {
            samples.add(PLAN_STATUS_NOW, status == plan.status() ? 1 : 0, and(labels, status.code));
        }
        samples.add(PLAN_LAST_HAPPENED, seconds(plan.lastHappened()), labels);
        samples.add(
                PLAN_LAST_RECORDED,
                plan.at().toEpochMilli() / (double) Duration.ofSeconds(1).toMillis(),
                labels);
    }

    private static Stream<MilestoneRow> counted(PlanRows rows) {
        return rows.milestones().stream().filter(milestone -> milestone.status() != MilestoneStatus.WITHDRAWN);
    }

    private static long newlyOverdue(PlanRows rows, LocalDate day) {
        return rows.milestones().stream()
                .filter(milestone -> milestone.isOverdue(day) && !milestone.isOverdue(day.minusDays(NEW_DAYS)))
                .count();
    }

    private static List<LocalDate> dueFrom(PlanRows rows, LocalDate day) {
        return rows.milestones().stream()
                .filter(MilestoneRow::isOpen)
                .map(MilestoneRow::due)
                .filter(Objects::nonNull)
                .map(due -> due.latest())
                .filter(due -> !due.isBefore(day))
                .toList();
    }

    private static long dueSoon(PlanRows rows, LocalDate day) {
        return dueFrom(rows, day).stream()
                .filter(due -> !due.isAfter(day.plusDays(SOON_DAYS)))
                .count();
    }

    private static @Nullable Long nextDue(PlanRows rows, LocalDate day) {
        return dueFrom(rows, day).stream()
                .min(Comparator.naturalOrder())
                .map(ProgressMeters::seconds)
                .orElse(null);
    }

    private static @Nullable Long worstSlippage(PlanRows rows) {
        return counted(rows)
                .map(MilestoneRow::slippageDays)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Every status for every programme the plan takes part in, and for none. */
    private static void partnerships(Sink samples, PlanRows rows, List<String> labels) {
        var programmes = new TreeSet<>(Set.of(NONE));
        rows.partnerships().forEach(partnership -> programmes.add(programme(partnership.programme())));
        for (var programme : programmes) {
            for (var status : PartnershipStatus.values()) {
                var n = rows.partnerships().stream()
                        .filter(p ->
                                p.status() == status && programme(p.programme()).equals(programme))
                        .count();
                samples.add(PLAN_PARTNERSHIPS, n, and(labels, status.code, programme));
            }
        }
    }

    private static String programme(@Nullable String programme) {
        if (programme == null) return NONE;
        return PROGRAMMES.contains(programme) ? programme : OTHER;
    }

    private static void projects(Sink samples, PlanRows rows, List<String> labels) {
        var phases = new TreeMap<String, Long>();
        phases.put(NONE, 0L);
        Arrays.stream(Phase.values()).forEach(phase -> phases.put(phase.code, 0L));
        rows.projects().stream()
                .filter(project -> project.withdrawnOn() == null)
                .forEach(p -> phases.merge(p.phase() == null ? NONE : p.phase().code, 1L, Long::sum));
        phases.forEach((phase, n) -> samples.add(PLAN_PROJECTS, n, and(labels, phase)));
    }

    private static long seconds(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    private static List<String> and(List<String> labels, String... more) {
        var all = new ArrayList<>(labels);
        all.addAll(List.of(more));
        return all;
    }
}
