package milepost.query.metric;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import milepost.event.MilestoneStatus;
import milepost.event.PartnershipStatus;
import milepost.event.Phase;
import milepost.event.PlanStatus;
import milepost.event.Years;
import milepost.query.plan.Indicators;
import milepost.query.plan.MilestoneRow;
import milepost.query.plan.PlanRows;
import org.jspecify.annotations.Nullable;

/** What metrics tell of one plan on a day; the same for every node that has the same rows. */
record PlanOnDay(PlanRows rows, Indicators indicators, LocalDate day) {
    private static final int SOON_DAYS = 30;
    private static final int NEW_DAYS = 7;
    private static final String NONE = "none";
    private static final String OTHER = "other";
    private static final Set<String> PROGRAMMES = Set.of("twinning", "smart-jamp", "us-ascp");

    static PlanOnDay of(PlanRows rows, LocalDate day) {
        return new PlanOnDay(rows, Indicators.of(rows.milestones(), rows.partnerships(), day), day);
    }

    void give(Sink samples) {
        var plan = rows.plan();
        var whose = List.of(plan.plan().text(), plan.city(), plan.country());
        for (var metric : Metric.values()) {
            if (metric.taken instanceof Taken.OfPlan taken) {
                taken.values().apply(this).forEach((own, value) -> samples.add(metric, value, and(whose, own)));
            }
        }
    }

    private static List<String> and(List<String> labels, List<String> more) {
        var all = new ArrayList<>(labels);
        all.addAll(more);
        return all;
    }

    long weight() {
        return counted().mapToLong(MilestoneRow::weight).sum();
    }

    BigDecimal weightMet() {
        return counted().map(MilestoneRow::earned).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Stream<MilestoneRow> counted() {
        return rows.milestones().stream().filter(milestone -> milestone.status() != MilestoneStatus.WITHDRAWN);
    }

    Map<List<String>, Long> milestones() {
        return byOne(indicators.milestones());
    }

    long newlyOverdue() {
        return rows.milestones().stream()
                .filter(milestone -> milestone.isOverdue(day) && !milestone.isOverdue(day.minusDays(NEW_DAYS)))
                .count();
    }

    long dueSoon() {
        return dueFromNow().filter(due -> !due.isAfter(day.plusDays(SOON_DAYS))).count();
    }

    @Nullable
    Long nextDue() {
        return dueFromNow()
                .min(Comparator.naturalOrder())
                .map(PlanOnDay::seconds)
                .orElse(null);
    }

    private Stream<LocalDate> dueFromNow() {
        return rows.milestones().stream()
                .filter(MilestoneRow::isOpen)
                .map(MilestoneRow::due)
                .filter(Objects::nonNull)
                .map(due -> due.latest())
                .filter(due -> !due.isBefore(day) && Years.have(due));
    }

    /** Of milestones with a date that no plan can mean there is none. */
    @Nullable
    Long worstSlippage() {
        return counted()
                .filter(milestone -> Stream.of(milestone.baseline(), milestone.due(), milestone.metOn())
                        .allMatch(date -> date == null || Years.have(date)))
                .map(MilestoneRow::slippageDays)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Every status for every programme the plan takes part in, and for none. */
    Map<List<String>, Long> partnerships() {
        var programmes = new TreeSet<>(Set.of(NONE));
        rows.partnerships().forEach(partnership -> programmes.add(programme(partnership.programme())));
        var counts = new LinkedHashMap<List<String>, Long>();
        for (var programme : programmes) {
            for (var status : PartnershipStatus.values()) {
                var n = rows.partnerships().stream()
                        .filter(p ->
                                p.status() == status && programme(p.programme()).equals(programme))
                        .count();
                counts.put(List.of(status.code, programme), n);
            }
        }
        return counts;
    }

    private static String programme(@Nullable String programme) {
        if (programme == null) return NONE;
        return PROGRAMMES.contains(programme) ? programme : OTHER;
    }

    Map<List<String>, Long> projects() {
        var phases = new TreeMap<String, Long>();
        phases.put(NONE, 0L);
        for (var phase : Phase.values()) phases.put(phase.code, 0L);
        rows.projects().stream()
                .filter(project -> project.withdrawnOn() == null)
                .forEach(p -> phases.merge(p.phase() == null ? NONE : p.phase().code, 1L, Long::sum));
        return byOne(phases);
    }

    Map<List<String>, Long> statuses() {
        var counts = new LinkedHashMap<List<String>, Long>();
        for (var status : PlanStatus.values()) {
            counts.put(List.of(status.code), status == rows.plan().status() ? 1L : 0L);
        }
        return counts;
    }

    long inPeriod() {
        var plan = rows.plan();
        return plan.from().earliest().isAfter(day) || plan.to().latest().isBefore(day) ? 0 : 1;
    }

    long lastHappened() {
        return seconds(rows.plan().lastHappened());
    }

    double lastRecorded() {
        return rows.plan().at().toEpochMilli() / (double) Duration.ofSeconds(1).toMillis();
    }

    private static Map<List<String>, Long> byOne(Map<String, Long> counts) {
        var byLabels = new LinkedHashMap<List<String>, Long>();
        counts.forEach((label, n) -> byLabels.put(List.of(label), n));
        return byLabels;
    }

    private static long seconds(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
}
