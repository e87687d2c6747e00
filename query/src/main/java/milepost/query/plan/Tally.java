package milepost.query.plan;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import milepost.event.MilestoneStatus;
import milepost.event.PartnershipStatus;
import milepost.event.Years;
import milepost.plan.Charter;
import milepost.plan.Milestone;
import milepost.plan.Officer;
import milepost.plan.Part;
import milepost.plan.Partnership;
import milepost.plan.Project;
import org.jspecify.annotations.Nullable;

/** The indicators' sums, to which milestones and partnerships are added, and from which they are taken, one by one. */
public final class Tally {
    private static final int DECIMALS = 6;

    private BigDecimal weight = ZERO;
    private BigDecimal earned = ZERO;
    private BigDecimal earnedOfBaselined = ZERO;
    private final NavigableMap<LocalDate, Long> weightByBaseline = new TreeMap<>();
    private final NavigableMap<LocalDate, Long> openByDue = new TreeMap<>();
    private final Map<String, Long> milestones = new LinkedHashMap<>();
    private final Map<String, Long> partnerships = new LinkedHashMap<>();

    public Tally() {
        for (var status : MilestoneStatus.values()) milestones.put(status.code, 0L);
        for (var status : PartnershipStatus.values()) partnerships.put(status.code, 0L);
    }

    /** @param times 1 to add a part of the plan, if it is there, -1 to take it away */
    public void count(@Nullable Part part, int times) {
        if (part == null) return;
        switch (part.state()) {
            case Milestone milestone -> count(PlanRows.milestone(milestone, List.of()), times);
            case Partnership partnership -> count(PlanRows.partnership(partnership, List.of()), times);
            case Charter plan -> {}
            case Officer officer -> {}
            case Project project -> {}
        }
    }

    void count(MilestoneRow milestone, int times) {
        add(milestones, milestone.status().code, times);
        if (milestone.isOpen() && milestone.due() != null)
            openByDue.merge(milestone.due().latest(), (long) times, Tally::sum);
        if (milestone.status() == MilestoneStatus.WITHDRAWN) return;
        var gain = milestone.earned().multiply(BigDecimal.valueOf(times));
        weight = weight.add(BigDecimal.valueOf((long) times * milestone.weight()));
        earned = earned.add(gain);
        if (milestone.baseline() == null) return;
        earnedOfBaselined = earnedOfBaselined.add(gain);
        add(weightByBaseline, milestone.baseline().latest(), (long) times * milestone.weight());
    }

    void count(PartnershipRow partnership, int times) {
        add(partnerships, partnership.status().code, times);
    }

    /** The numbers of a day. */
    public Indicators on(LocalDate day) {
        var planned = BigDecimal.valueOf(before(day, weightByBaseline));
        return new Indicators(
                ratio(earned, weight),
                earnedOfBaselined.stripTrailingZeros(),
                planned.stripTrailingZeros(),
                ratio(earnedOfBaselined, planned),
                new LinkedHashMap<>(milestones),
                before(day, openByDue),
                daysLate(day),
                new LinkedHashMap<>(partnerships));
    }

    /** A date that no plan can mean would outweigh all others for ever. */
    private @Nullable Long daysLate(LocalDate day) {
        var first = openByDue.ceilingKey(Years.FIRST_DAY);
        return first == null || !Years.have(first) ? null : ChronoUnit.DAYS.between(first, day);
    }

    /** Absent where nothing is left. */
    private static @Nullable Long sum(long known, long more) {
        return known + more == 0 ? null : known + more;
    }

    private static <K> void add(Map<K, Long> sums, K key, long number) {
        sums.merge(key, number, Long::sum);
    }

    private static long before(LocalDate day, NavigableMap<LocalDate, Long> sums) {
        return sums.headMap(day).values().stream().mapToLong(Long::longValue).sum();
    }

    private static @Nullable BigDecimal ratio(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? null
                : part.divide(whole, DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    }
}
