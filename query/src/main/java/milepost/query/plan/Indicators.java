package milepost.query.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
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
 * @param daysLate the most days any of those open is late, negative if the next lies ahead; absent if none has a date
 * @param partnerships how many there are, by status
 */
public record Indicators(
        @Nullable BigDecimal progress,
        BigDecimal earnedValue,
        BigDecimal plannedValue,
        @Nullable BigDecimal schedulePerformanceIndex,
        Map<String, Long> milestones,
        long overdue,
        @Nullable Long daysLate,
        Map<String, Long> partnerships) {
    public static Indicators of(
            Collection<MilestoneRow> milestones, Collection<PartnershipRow> partnerships, LocalDate day) {
        var tally = new Tally();
        milestones.forEach(milestone -> tally.count(milestone, 1));
        partnerships.forEach(partnership -> tally.count(partnership, 1));
        return tally.on(day);
    }
}
