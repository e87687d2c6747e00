package milepost.query.past;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import milepost.event.PartialDate;
import milepost.query.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * What differs in a milestone.
 *
 * @param movedDays from its due date before to its due date after; absent without both
 * @param slippageDays as of the later moment: (met on, else due) minus baseline; absent without both
 * @param daysLate at the later moment, while it is open
 */
public record MilestoneChange(
        @JsonUnwrapped Change<Plan.MilestoneOnDay> change,
        @Nullable Long movedDays,
        @Nullable Long slippageDays,
        @Nullable Long daysLate) {
    static MilestoneChange of(Change<Plan.MilestoneOnDay> change) {
        var before = due(change.before());
        var after = due(change.after());
        return new MilestoneChange(
                change,
                before == null || after == null ? null : before.daysUntil(after),
                change.after() == null ? null : change.after().milestone().slippageDays(),
                change.after() == null ? null : change.after().daysLate());
    }

    private static @Nullable PartialDate due(Plan.@Nullable MilestoneOnDay milestone) {
        return milestone == null ? null : milestone.milestone().due();
    }
}
