package milepost.query.plan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One plan as it stands, with the numbers of a day: what the API answers. */
public record Plan(
        @JsonUnwrapped PlanRow plan,
        Indicators indicators,
        List<ProjectRow> projects,
        List<MilestoneOnDay> milestones,
        List<PartnershipRow> partnerships) {
    /**
     * A milestone on a day.
     *
     * @param daysLate from the last day it was due to this one, while it is open; negative if it is due later
     */
    public record MilestoneOnDay(
            @JsonUnwrapped MilestoneRow milestone,
            boolean overdue,
            @Nullable Long daysLate) {
        static MilestoneOnDay of(MilestoneRow milestone, LocalDate day) {
            return new MilestoneOnDay(milestone, milestone.isOverdue(day), milestone.daysLate(day));
        }

        /** What is told of it but for the days, of which there is one more each morning. */
        public MilestoneOnDay withoutDays() {
            return new MilestoneOnDay(milestone, overdue, null);
        }
    }

    /** A plan in a list, without its parts. */
    public record Summary(@JsonUnwrapped PlanRow plan, Indicators indicators) {}

    public static Plan on(LocalDate day, PlanRows rows) {
        return new Plan(
                rows.plan(),
                Indicators.of(rows.milestones(), rows.partnerships(), day),
                rows.projects(),
                rows.milestones().stream()
                        .map(milestone -> MilestoneOnDay.of(milestone, day))
                        .toList(),
                rows.partnerships());
    }

    public Summary summary() {
        return new Summary(plan, indicators);
    }
}
