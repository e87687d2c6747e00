package milepost.query.plan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.List;

/** One plan as it stands, with the numbers of a day: what the API answers. */
public record Plan(
        @JsonUnwrapped PlanRow plan,
        Indicators indicators,
        List<ProjectRow> projects,
        List<MilestoneOnDay> milestones,
        List<PartnershipRow> partnerships) {
    /** A milestone on a day. */
    public record MilestoneOnDay(@JsonUnwrapped MilestoneRow milestone, boolean overdue) {}

    /** A plan in a list, without its parts. */
    public record Summary(@JsonUnwrapped PlanRow plan, Indicators indicators) {}

    public static Plan on(LocalDate day, PlanRows rows) {
        return new Plan(
                rows.plan(),
                Indicators.of(rows.milestones(), rows.partnerships(), day),
                rows.projects(),
                rows.milestones().stream()
                        .map(m -> new MilestoneOnDay(m, m.isOverdue(day)))
                        .toList(),
                rows.partnerships());
    }

    public Summary summary() {
        return new Summary(plan, indicators);
    }
}
