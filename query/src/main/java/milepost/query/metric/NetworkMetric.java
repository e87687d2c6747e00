package milepost.query.metric;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every number of all plans together: a recording rule makes it of the plans' recorded ones, and the past is told by
 * the same sums. A ratio is that of the sums, absent while there is nothing to divide by.
 */
public enum NetworkMetric {
    PLANS("network:plans", Metric.PLAN_STATUS_NOW, "Plans by status."),
    PROGRESS(
            "network:progress_ratio",
            Metric.PLAN_WEIGHT_MET,
            Metric.PLAN_WEIGHT,
            "Weight of what is met over the weight of all milestones that are not withdrawn."),
    EARNED_VALUE("network:earned_value", Metric.PLAN_EARNED_VALUE, "Earned value of all plans."),
    PLANNED_VALUE("network:planned_value", Metric.PLAN_PLANNED_VALUE, "Planned value of all plans."),
    SCHEDULE_PERFORMANCE(
            "network:schedule_performance_ratio",
            Metric.PLAN_EARNED_VALUE,
            Metric.PLAN_PLANNED_VALUE,
            "Schedule performance index: earned value over planned value."),
    MILESTONES("network:milestones", Metric.PLAN_MILESTONES, "Milestones by status."),
    MILESTONES_OVERDUE("network:milestones_overdue", Metric.PLAN_MILESTONES_OVERDUE, "Milestones that are overdue."),
    MILESTONES_NEWLY_OVERDUE(
            "network:milestones_newly_overdue",
            Metric.PLAN_MILESTONES_NEWLY_OVERDUE,
            "Milestones that are overdue since at most 7 days."),
    MILESTONES_DUE_30D(
            "network:milestones_due_30d",
            Metric.PLAN_MILESTONES_DUE_30D,
            "Milestones that are due today or in the next 30 days."),
    PARTNERSHIPS("network:partnerships", Metric.PLAN_PARTNERSHIPS, "Partnerships by status and programme."),
    PROJECTS("network:projects", Metric.PLAN_PROJECTS, "Projects by phase.");

    /** The name it is recorded under. */
    public final String text;

    /** What is added up over the plans. */
    public final Metric sum;

    /** What that sum is divided by the sum of; absent: by nothing. */
    public final @Nullable Metric over;

    public final String help;

    NetworkMetric(String text, Metric sum, String help) {
        this(text, sum, null, help);
    }

    NetworkMetric(String text, Metric sum, @Nullable Metric over, String help) {
        this.text = text;
        this.sum = sum;
        this.over = over;
        this.help = help;
    }

    /** What it is told by: the labels of its sum that do not name the plan. */
    public List<Label> labels() {
        return sum.labels.subList(Label.OF_EVERY_PLAN.size(), sum.labels.size());
    }

    /** How Prometheus makes it of the plans' recorded series. */
    public String expression() {
        return over == null ? sum(sum) : sum(sum) + " / (" + sum(over) + " > 0)";
    }

    private String sum(Metric metric) {
        var by = labels().stream().map(label -> label.text).collect(Collectors.joining(", ", " by (", ") "));
        return "sum" + (labels().isEmpty() ? "" : by) + "(" + metric.recorded().orElseThrow() + ")";
    }
}
