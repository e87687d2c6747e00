package milepost.query.metric;

import static java.util.Objects.requireNonNull;
import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_ADRIFT;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_POSTPONED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.ENDORSED;
import static milepost.event.Story.FERRY_SCHEDULED;
import static milepost.event.Story.FERRY_WITHDRAWN;
import static milepost.event.Story.MAKER;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PARKS_WITHDRAWN;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PLAN_REPORTED;
import static milepost.event.Story.PROFILE;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.PROJECT_PREPARED;
import static milepost.event.Story.TICKETS_PARTLY_MET;
import static milepost.event.Story.TICKETS_SCHEDULED;
import static milepost.event.Story.on;
import static milepost.event.Story.story;
import static milepost.query.Told.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanId;
import milepost.query.Told;
import milepost.query.plan.PlanRows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanOnDayTest {
    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);
    private static final PlanRows STORY = rows(null, story());

    private static final Set<String> UNDEFINED_AT_FIRST = Set.of(
            "milepost_plan_progress_ratio",
            "milepost_plan_schedule_performance_ratio",
            "milepost_plan_next_due_timestamp_seconds",
            "milepost_plan_slippage_days",
            "milepost_plan_late_days");

    @Test
    void a_plan_with_nothing_recorded_shows_all_that_is_defined() {
        var shown = samples(DAY, rows(OPENED)).keySet();
        assertThat(shown)
                .isEqualTo(Arrays.stream(Metric.values())
                        .map(metric -> metric.text)
                        .filter(name -> name.startsWith("milepost_plan_") && !UNDEFINED_AT_FIRST.contains(name))
                        .collect(Collectors.toSet()));
    }

    @Test
    void a_plan_with_something_due_shows_everything() {
        assertThat(samples(LocalDate.of(2021, 1, 1), rows(OPENED, BUSES_SCHEDULED, BUSES_POSTPONED))
                        .keySet())
                .containsAll(UNDEFINED_AT_FIRST);
    }

    @Test
    void samples_have_the_labels_of_their_metric_and_no_two_have_the_same() {
        var snapshots = snapshots(DAY, STORY, rows(hilltop()));
        for (var metric : snapshots) {
            var defined = Arrays.stream(Metric.values())
                    .filter(m -> m.text.equals(metric.getMetadata().getName()))
                    .findAny()
                    .orElseThrow();
            var labels = metric.getDataPoints().stream()
                    .map(point -> point.getLabels())
                    .toList();
            assertThat(labels)
                    .doesNotHaveDuplicates()
                    .allSatisfy(set -> assertThat(names(set))
                            .isEqualTo(defined.labels.stream()
                                    .map(label -> label.text)
                                    .collect(Collectors.toSet())));
            assertThat(metric.getMetadata().getHelp()).isEqualTo(defined.help);
        }
    }

    @Test
    void every_sample_says_whose_it_is() {
        for (var metric : snapshots(DAY, STORY)) {
            assertThat(metric.getDataPoints()).allSatisfy(point -> {
                assertThat(point.getLabels().get("plan")).isEqualTo("lakeside");
                assertThat(point.getLabels().get("city")).isEqualTo("Lakeside");
                assertThat(point.getLabels().get("country")).isEqualTo("Thailand");
            });
        }
    }

    @Test
    void a_registry_takes_them_as_they_are() {
        var registry = new PrometheusRegistry();
        registry.register(() -> collected(DAY, STORY).snapshots());
        assertThat(registry.scrape().stream().map(metric -> metric.getMetadata().getPrometheusName()))
                .contains("milepost_plan_progress_ratio", "milepost_plan_milestones_due_30d");
    }

    @Test
    void exactly_one_status_of_a_plan_is_1() {
        for (var rows : List.of(rows(OPENED), rows(OPENED, ENDORSED), STORY)) {
            var statuses = by("status", samples(DAY, rows, Metric.PLAN_STATUS_NOW));
            assertThat(statuses)
                    .containsOnlyKeys("draft", "endorsed", "in-progress", "suspended", "completed", "closed")
                    .containsEntry(rows.plan().status().code, 1.0);
            assertThat(statuses.values().stream().mapToDouble(n -> n).sum()).isOne();
        }
    }

    @ParameterizedTest(name = "on {0}: progress {1}, SPI {2}, overdue {3}, due in 30 days {4}, next due {5}")
    @CsvSource(nullValues = "-", textBlock = """
            2020-12-31, 0.0,              -,        0, 0, 2021-06-30
            2021-01-01, 0.0,              0.0,      0, 0, 2021-06-30
            2021-05-30, 0.0,              0.0,      0, 0, 2021-06-30
            2021-05-31, 0.0,              0.0,      0, 1, 2021-06-30
            2021-06-30, 0.0,              0.0,      0, 1, 2021-06-30
            2021-07-01, 0.0,              0.0,      1, 0, 2023-06-30
            2023-05-31, 0.0,              0.0,      1, 1, 2023-06-30
            2023-07-01, 0.0,              0.0,      2, 0, -
            """)
    void a_number_of_a_day_is_of_that_day(
            LocalDate day,
            double progress,
            @Nullable Double spi,
            double overdue,
            double soon,
            @Nullable LocalDate next) {
        var rows = rows(OPENED, BUSES_SCHEDULED, TICKETS_SCHEDULED, BUSES_POSTPONED);
        assertThat(only(day, rows, Metric.PLAN_PROGRESS)).isEqualTo(progress);
        assertThat(only(day, rows, Metric.PLAN_SCHEDULE_PERFORMANCE)).isEqualTo(spi);
        assertThat(only(day, rows, Metric.PLAN_MILESTONES_OVERDUE)).isEqualTo(overdue);
        assertThat(only(day, rows, Metric.PLAN_MILESTONES_DUE_30D)).isEqualTo(soon);
        assertThat(only(day, rows, Metric.PLAN_NEXT_DUE)).isEqualTo(next == null ? null : seconds(next));
    }

    @Test
    void what_is_partly_met_is_still_due() {
        var rows = rows(OPENED, TICKETS_SCHEDULED, TICKETS_PARTLY_MET);
        assertThat(only(LocalDate.of(2023, 6, 30), rows, Metric.PLAN_MILESTONES_DUE_30D))
                .isOne();
        assertThat(only(LocalDate.of(2023, 6, 30), rows, Metric.PLAN_PROGRESS)).isEqualTo(0.5);
    }

    @Test
    void what_is_settled_or_has_no_date_is_not_due() {
        var day = LocalDate.of(2020, 12, 31);
        for (var rows : List.of(
                rows(OPENED, BUSES_SCHEDULED, BUSES_MET),
                rows(OPENED, BUSES_SCHEDULED, BUSES_ADRIFT),
                rows(OPENED, FERRY_SCHEDULED, FERRY_WITHDRAWN))) {
            assertThat(only(day, rows, Metric.PLAN_MILESTONES_DUE_30D)).isZero();
            assertThat(only(day, rows, Metric.PLAN_NEXT_DUE)).isNull();
        }
    }

    @Test
    void slippage_is_the_worst_of_what_is_not_withdrawn() {
        assertThat(only(DAY, rows(OPENED, BUSES_SCHEDULED, BUSES_POSTPONED, TICKETS_SCHEDULED), Metric.PLAN_SLIPPAGE))
                .isEqualTo(181);
        assertThat(only(
                        DAY,
                        rows(
                                OPENED,
                                BUSES_SCHEDULED,
                                BUSES_POSTPONED,
                                TICKETS_SCHEDULED,
                                new MilestoneWithdrawn(PLAN, on("2021"), BUSES, Details.NONE)),
                        Metric.PLAN_SLIPPAGE))
                .isZero();
        assertThat(only(DAY, rows(OPENED, FERRY_SCHEDULED), Metric.PLAN_SLIPPAGE))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"2020-12-31, 0", "2021-01-01, 1", "2021-01-07, 1", "2021-01-08, 0"})
    void a_milestone_is_newly_overdue_for_seven_days(LocalDate day, double expected) {
        assertThat(only(day, rows(OPENED, BUSES_SCHEDULED), Metric.PLAN_MILESTONES_NEWLY_OVERDUE))
                .isEqualTo(expected);
        assertThat(only(day, rows(OPENED, BUSES_SCHEDULED, BUSES_MET), Metric.PLAN_MILESTONES_NEWLY_OVERDUE))
                .isZero();
    }

    @Test
    void progress_is_the_weight_met_over_the_weight_of_what_is_not_withdrawn() {
        var met = requireNonNull(only(DAY, STORY, Metric.PLAN_WEIGHT_MET));
        var weight = requireNonNull(only(DAY, STORY, Metric.PLAN_WEIGHT));
        assertThat(met).isPositive().isLessThan(weight);
        assertThat(only(DAY, STORY, Metric.PLAN_PROGRESS)).isEqualTo(met / weight, within(0.5e-6));
    }

    @Test
    void milestones_are_counted_by_status() {
        assertThat(by("status", samples(DAY, STORY, Metric.PLAN_MILESTONES)))
                .isEqualTo(Map.of("scheduled", 0.0, "met", 2.0, "partiallyMet", 1.0, "notMet", 0.0, "withdrawn", 1.0));
    }

    @Test
    void partnerships_are_counted_by_status_for_every_programme_the_plan_takes_part_in() {
        var rows = rows(
                OPENED,
                PARTNERSHIP_AGREED,
                partnership("2", "smart-jamp"),
                partnership("3", "smart-jamp"),
                partnership("4", null),
                partnership("5", "sister-cities"),
                partnership("6", "none"));
        var samples = samples(DAY, rows, Metric.PLAN_PARTNERSHIPS);
        var agreed = samples.entrySet().stream()
                .filter(sample -> "agreed".equals(sample.getKey().get("status")))
                .collect(Collectors.toMap(sample -> sample.getKey().get("programme"), Map.Entry::getValue));
        assertThat(agreed).isEqualTo(Map.of("twinning", 1.0, "smart-jamp", 2.0, "none", 1.0, "other", 2.0));
        assertThat(samples).hasSize(4 * PartnershipStatus.values().length);
        assertThat(samples.values().stream().mapToDouble(n -> n).sum()).isEqualTo(6);
    }

    @Test
    void projects_are_counted_by_phase_unless_withdrawn() {
        var rows = rows(OPENED, PROJECT_ADDED, PROJECT_PREPARED, PARKS_ADDED);
        assertThat(by("phase", samples(DAY, rows, Metric.PLAN_PROJECTS)))
                .hasSize(6)
                .containsEntry("preparation", 1.0)
                .containsEntry("none", 1.0)
                .containsEntry("conception", 0.0);
        var withdrawn = rows(OPENED, PROJECT_ADDED, PROJECT_PREPARED, PARKS_ADDED, PARKS_WITHDRAWN);
        assertThat(by("phase", samples(DAY, withdrawn, Metric.PLAN_PROJECTS)))
                .containsEntry("preparation", 1.0)
                .containsEntry("none", 0.0);
    }

    @Test
    void what_happened_last_goes_by_the_officers_and_what_was_recorded_last_by_the_log() {
        var rows = rows(OPENED, BUSES_MET, PLAN_REPORTED, BUSES_SCHEDULED);
        assertThat(only(DAY, rows, Metric.PLAN_LAST_HAPPENED)).isEqualTo(seconds(LocalDate.of(2023, 1, 1)));
        assertThat(only(DAY, rows, Metric.PLAN_LAST_RECORDED))
                .isEqualTo((double) Told.at(4).getEpochSecond());
    }

    private static Event[] hilltop() {
        return new Event[] {
            new PlanOpened(new PlanId("hilltop"), on("2018"), PROFILE, on("2018"), on("2025"), Details.NONE)
        };
    }

    private static PartnershipRecorded partnership(String n, @Nullable String programme) {
        return new PartnershipRecorded(
                PLAN,
                on("2020"),
                new PartnershipId(MAKER.text() + n),
                null,
                programme,
                PartnershipStatus.AGREED,
                null,
                Details.titled("Partner " + n));
    }

    private static Samples collected(LocalDate day, PlanRows... plans) {
        var samples = new Samples();
        for (var rows : plans) PlanOnDay.of(rows, day).give(samples);
        return samples;
    }

    private static List<GaugeSnapshot> snapshots(LocalDate day, PlanRows... plans) {
        return collected(day, plans).snapshots().stream()
                .map((MetricSnapshot metric) -> (GaugeSnapshot) metric)
                .toList();
    }

    private static Map<String, Map<Map<String, String>, Double>> samples(LocalDate day, PlanRows rows) {
        var samples = new TreeMap<String, Map<Map<String, String>, Double>>();
        for (var metric : snapshots(day, rows)) {
            var values = new HashMap<Map<String, String>, Double>();
            metric.getDataPoints().forEach(point -> values.put(map(point.getLabels()), point.getValue()));
            samples.put(metric.getMetadata().getName(), values);
        }
        return samples;
    }

    private static Map<Map<String, String>, Double> samples(LocalDate day, PlanRows rows, Metric metric) {
        return samples(day, rows).getOrDefault(metric.text, Map.of());
    }

    /** The only sample of a metric; none if it has none. */
    private static @Nullable Double only(LocalDate day, PlanRows rows, Metric metric) {
        var samples = samples(day, rows, metric);
        assertThat(samples).hasSizeLessThanOrEqualTo(1);
        return samples.values().stream().findAny().orElse(null);
    }

    private static Map<String, Double> by(String label, Map<Map<String, String>, Double> samples) {
        return samples.entrySet().stream()
                .collect(Collectors.toMap(sample -> sample.getKey().getOrDefault(label, ""), Map.Entry::getValue));
    }

    private static Set<String> names(Labels labels) {
        return map(labels).keySet();
    }

    private static Map<String, String> map(Labels labels) {
        return labels.stream().collect(Collectors.toMap(label -> label.getName(), label -> label.getValue()));
    }

    private static double seconds(LocalDate day) {
        return (double) Instant.parse(day + "T00:00:00Z").getEpochSecond();
    }
}
