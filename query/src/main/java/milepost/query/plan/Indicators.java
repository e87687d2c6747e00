package milepost.query.plan;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import milepost.event.MilestoneStatus;
import milepost.event.PartnershipStatus;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a plan, or of several added up, on a day.
 *
 * @param progress weight of what is met over the weight of all milestones not withdrawn, 0 to 1; absent without any
 * @param earnedValue over milestones with a baseline, not withdrawn: the weight met by the day (earned value, EV)
 * @param plannedValue over the same: the weight whose baseline had passed on the day (planned value, PV)
 * @param schedulePerformanceIndex EV / PV (earned value management, ISO 21508); absent while PV is 0
 * @param milestones how many there are, by status
 * @param overdue how many are open and past their current due date
 * @param partnerships how many there are, by status
 */
public record Indicators(
        @Nullable BigDecimal progress,
        BigDecimal earnedValue,
        BigDecimal plannedValue,
        @Nullable BigDecimal schedulePerformanceIndex,
        Map<String, Long> milestones,
        long overdue,
        Map<String, Long> partnerships) {
    private static final int DECIMALS = 6;

    public static Indicators of(
            Collection<MilestoneRow> milestones, Collection<PartnershipRow> partnerships, LocalDate day) {
        var kept = milestones.stream()
                .filter(m -> m.status() != MilestoneStatus.WITHDRAWN)
                .toList();
        var baselined = kept.stream().filter(m -> m.baseline() != null).toList();
        var earned = sum(baselined, MilestoneRow::earned);
        var planned = sum(baselined, m -> hasPassed(m, day) ? BigDecimal.valueOf(m.weight()) : ZERO);
        return new Indicators(
                ratio(sum(kept, MilestoneRow::earned), sum(kept, m -> BigDecimal.valueOf(m.weight()))),
                earned,
                planned,
                ratio(earned, planned),
                count(MilestoneStatus.values(), s -> s.code, milestones, MilestoneRow::status),
                milestones.stream().filter(m -> m.isOverdue(day)).count(),
                count(PartnershipStatus.values(), s -> s.code, partnerships, PartnershipRow::status));
    }

    private static boolean hasPassed(MilestoneRow milestone, LocalDate day) {
        return milestone.baseline() != null && milestone.baseline().latest().isBefore(day);
    }

    private static BigDecimal sum(List<MilestoneRow> milestones, Function<MilestoneRow, BigDecimal> value) {
        return milestones.stream().map(value).reduce(ZERO, BigDecimal::add).stripTrailingZeros();
    }

    private static @Nullable BigDecimal ratio(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? null
                : part.divide(whole, DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    }

    private static <S, T> Map<String, Long> count(
            S[] all, Function<S, String> code, Collection<T> counted, Function<T, S> status) {
        var counts = new LinkedHashMap<String, Long>();
        for (var one : all) counts.put(code.apply(one), 0L);
        for (var each : counted) counts.merge(code.apply(status.apply(each)), 1L, Long::sum);
        return counts;
    }
}
