package milepost.query.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {
    /** What a name may end on if it has a unit; days are DESIGN.md's. */
    private static final Set<String> UNITS = Set.of("seconds", "ratio", "days", "bytes");

    private static final Set<String> NO_BASE_UNITS =
            Set.of("milliseconds", "ms", "minutes", "hours", "percent", "kilobytes", "kb", "mb");

    @ParameterizedTest
    @EnumSource
    void a_name_follows_the_conventions_of_prometheus(Metric metric) {
        assertThat(metric.text).matches("milepost(_[a-z0-9]+)+").doesNotContain("__");
        assertThat(metric.text.split("_", -1)).doesNotContainAnyElementsOf(NO_BASE_UNITS);
    }

    /** What a histogram or an info is made of. */
    @ParameterizedTest
    @EnumSource
    void no_name_ends_on_what_prometheus_keeps_for_itself(Metric metric) {
        assertThat(Stream.of("_created", "_bucket", "_count", "_sum")).noneMatch(metric.text::endsWith);
        assertThat(metric.text.endsWith("_info")).isEqualTo(metric.type().equals("info"));
        assertThat(metric.text.endsWith("_total")).isEqualTo(metric.type().equals("counter"));
    }

    @ParameterizedTest
    @EnumSource
    void a_unit_comes_last(Metric metric) {
        var words = List.of(metric.text.split("_", -1));
        assertThat(words.subList(0, words.size() - 1)).doesNotContainAnyElementsOf(UNITS);
    }

    @Test
    void every_name_is_there_once_and_is_one_the_design_gives() {
        assertThat(Arrays.stream(Metric.values()).map(metric -> metric.text))
                .containsExactlyInAnyOrder(
                        "milepost_plan_progress_ratio",
                        "milepost_plan_milestones_weight",
                        "milepost_plan_milestones_weight_met",
                        "milepost_plan_schedule_performance_ratio",
                        "milepost_plan_earned_value",
                        "milepost_plan_planned_value",
                        "milepost_plan_milestones",
                        "milepost_plan_milestones_overdue",
                        "milepost_plan_milestones_newly_overdue",
                        "milepost_plan_milestones_due_30d",
                        "milepost_plan_next_due_timestamp_seconds",
                        "milepost_plan_slippage_days",
                        "milepost_plan_late_days",
                        "milepost_plan_in_period",
                        "milepost_plan_partnerships",
                        "milepost_plan_projects",
                        "milepost_plan_status",
                        "milepost_plan_last_happened_timestamp_seconds",
                        "milepost_plan_last_recorded_timestamp_seconds",
                        "milepost_projection_lag_seconds",
                        "milepost_projection_lag_events",
                        "milepost_dead_letters",
                        "milepost_audit_log_size",
                        "milepost_audit_log_lag_seconds",
                        "milepost_audit_verification_ok",
                        "milepost_commands_seconds",
                        "milepost_command_answers_total",
                        "milepost_database_up",
                        "milepost_log_clock_ahead_seconds",
                        "milepost_database_clock_offset_seconds",
                        "milepost_log_facts",
                        "milepost_log_size_bytes",
                        "milepost_database_size_bytes",
                        "milepost_build_info",
                        "milepost_backup_last_success_timestamp_seconds");
    }

    @ParameterizedTest
    @EnumSource
    void it_has_a_help_that_is_a_sentence_and_a_meaning_that_says_more(Metric metric) {
        assertThat(metric.help).matches("[A-Z].*[a-z]\\.");
        assertThat(metric.meaning).isNotBlank().isNotEqualTo(metric.help);
    }

    @ParameterizedTest
    @EnumSource
    void its_labels_are_named_once_and_begin_with_whose_it_is(Metric metric) {
        assertThat(metric.labels.isEmpty()).isEqualTo(metric.text.matches("milepost_(audit|database|log|backup)_.*"));
        assertThat(metric.labels.stream().map(label -> label.text))
                .doesNotHaveDuplicates()
                .allMatch(label -> label.matches("[a-z]+"))
                .doesNotContain("le", "quantile", "job", "instance");
        if (metric.text.startsWith("milepost_plan_")) {
            assertThat(metric.labels).startsWith(Label.PLAN, Label.CITY, Label.COUNTRY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_label_says_what_bounds_it(Label label) {
        assertThat(label.bound).isNotBlank();
    }

    @Test
    void the_timer_of_commands_is_a_histogram_of_its_name_and_labels() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Metric.COMMANDS.timer(registry, "MeetMilestone", "recorded").record(Duration.ofMillis(3));
        Metric.COMMANDS.timer(registry, "MeetMilestone", "milestone-met").record(Duration.ofMillis(30));
        var scrape = registry.scrape();
        assertThat(scrape)
                .contains("# HELP milepost_commands_seconds " + Metric.COMMANDS.help)
                .contains("# TYPE milepost_commands_seconds histogram")
                .contains(
                        "milepost_commands_seconds_bucket{command=\"MeetMilestone\",outcome=\"recorded\",le=\"0.002\"}"
                                + " 0")
                .contains(
                        "milepost_commands_seconds_bucket{command=\"MeetMilestone\",outcome=\"recorded\",le=\"0.005\"}"
                                + " 1")
                .contains("milepost_commands_seconds_count{command=\"MeetMilestone\",outcome=\"milestone-met\"} 1");
    }

    /** Prometheus sees no growth in a series that begins with 1. */
    @Test
    void a_counter_is_there_before_it_has_counted() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Metric.COMMAND_ANSWERS.counter(registry, "5xx");
        assertThat(registry.scrape())
                .contains("# TYPE milepost_command_answers_total counter")
                .contains("milepost_command_answers_total{answer=\"5xx\"} 0.0");
    }

    @Test
    void what_a_node_was_built_from_is_an_info_that_says_1() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Metric.BUILD.tell(registry, "1.2.3", "0f3a", "25");
        assertThat(registry.scrape())
                .contains("milepost_build_info{java=\"25\",revision=\"0f3a\",version=\"1.2.3\"} 1");
    }

    @Test
    void the_same_timer_is_given_for_the_same_values() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        assertThat(Metric.COMMANDS.timer(registry, "OpenPlan", "recorded"))
                .isSameAs(Metric.COMMANDS.timer(registry, "OpenPlan", "recorded"));
    }
}
