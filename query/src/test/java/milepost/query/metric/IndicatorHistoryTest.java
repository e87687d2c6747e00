package milepost.query.metric;

import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.on;
import static milepost.event.Story.story;
import static milepost.query.Told.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.plan.PlanRecord;
import milepost.query.plan.Network;
import milepost.query.plan.PlanRows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IndicatorHistoryTest {
    private static final List<LocalDate> MONTHS = Stream.iterate(
                    LocalDate.of(2017, 11, 1), day -> day.getYear() < 2027, day -> day.plusMonths(1))
            .toList();
    private static final List<Event> TWIN = List.of(opened("hilltop", "Hilltop", "2019-02-03"), BUSES_MISSED);

    private static final Set<String> NOT_IN_TOTALS = Set.of(
            "network:partnerships{",
            "network:projects{",
            "network:milestones_due_30d",
            "network:milestones_newly_overdue");

    /** One line of the export. */
    private record Sample(String series, double value, LocalDate day) {
        static Sample of(String line) {
            var time = line.lastIndexOf(' ');
            var value = line.lastIndexOf(' ', time - 1);
            return new Sample(
                    line.substring(0, value),
                    Double.parseDouble(line.substring(value + 1, time)),
                    LocalDate.ofEpochDay(Long.parseLong(line.substring(time + 1)) / 86_400));
        }

        String name() {
            return series.contains("{") ? series.substring(0, series.indexOf('{')) : series;
        }

        boolean isOfAll() {
            return series.startsWith("network:");
        }
    }

    @Test
    void a_day_of_the_past_shows_what_a_scrape_of_it_would_have_shown() throws IOException {
        var shown = new TreeMap<LocalDate, Map<String, Double>>();
        samples(written(MONTHS, story(), TWIN))
                .filter(sample -> !sample.isOfAll())
                .forEach(sample -> {
                    var day = shown.computeIfAbsent(sample.day(), d -> new TreeMap<>());
                    assertThat(day.put(sample.series(), sample.value()))
                            .as("given once: " + sample)
                            .isNull();
                });

        var scraped = new TreeMap<LocalDate, Map<String, Double>>();
        for (var day : MONTHS) {
            var samples = scrape(day, story(), TWIN);
            if (!samples.isEmpty()) scraped.put(day, samples);
        }
        assertThat(shown).isEqualTo(scraped);
        assertThat(shown.firstKey()).isEqualTo("2018-01-01");
        assertThat(shown.lastKey()).isEqualTo("2026-12-01");
    }

    @Test
    void all_plans_together_are_what_they_add_up_to_where_people_read_them() throws IOException {
        var shown = samples(written(MONTHS, story(), TWIN))
                .filter(Sample::isOfAll)
                .collect(Collectors.groupingBy(
                        Sample::day, TreeMap::new, Collectors.toMap(Sample::series, Sample::value)));
        assertThat(shown.firstKey()).isEqualTo("2018-01-01");
        shown.forEach((day, samples) -> {
            var plans = Stream.of(story(), TWIN)
                    .flatMap(facts -> PlanRows.of(PlanRecord.of(recorded(facts)).on(day)).stream())
                    .toList();
            var totals = Network.Totals.of(plans, day);
            var indicators = totals.indicators();
            var expected = new TreeMap<String, Double>();
            for (var status : PlanStatus.values()) {
                expected.put(by("network:plans", status.code), (double)
                        totals.statuses().getOrDefault(status.code, 0L));
            }
            put(expected, "network:progress_ratio", indicators.progress());
            put(expected, "network:earned_value", indicators.earnedValue());
            put(expected, "network:planned_value", indicators.plannedValue());
            put(expected, "network:schedule_performance_ratio", indicators.schedulePerformanceIndex());
            indicators.milestones().forEach((status, n) -> put(expected, by("network:milestones", status), n));
            put(expected, "network:milestones_overdue", indicators.overdue());
            var compared = new TreeMap<>(samples);
            compared.keySet().removeIf(series -> NOT_IN_TOTALS.stream().anyMatch(series::startsWith));
            assertThat(compared.keySet()).as("on %s", day).isEqualTo(expected.keySet());
            expected.forEach((series, value) ->
                    assertThat(compared.get(series)).as("%s on %s", series, day).isEqualTo(value, within(0.5e-6)));
            assertThat(sum(samples, "network:partnerships")).isEqualTo(sum(indicators.partnerships()));
        });
    }

    @Test
    void families_and_series_are_each_in_one_piece_and_in_the_order_of_time() throws IOException {
        var samples = samples(written(MONTHS, story(), TWIN)).toList();
        assertThat(pieces(samples.stream().map(Sample::name).toList())).doesNotHaveDuplicates();
        assertThat(pieces(samples.stream().map(Sample::series).toList())).doesNotHaveDuplicates();
        samples.stream()
                .collect(Collectors.groupingBy(Sample::series))
                .values()
                .forEach(series ->
                        assertThat(series).extracting(Sample::day).isSorted().doesNotHaveDuplicates());
    }

    @Test
    void it_is_open_metrics_and_what_is_undefined_has_no_sample() throws IOException {
        var days = List.of(LocalDate.of(2020, 12, 31), LocalDate.of(2021, 1, 1), LocalDate.of(2021, 7, 1));
        assertThat(written(days, List.of(OPENED, BUSES_SCHEDULED)))
                .startsWith("""
                        # TYPE plan:progress_ratio gauge
                        # HELP plan:progress_ratio Weight of what is met over the weight of all milestones that are not withdrawn.
                        plan:progress_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1609416000
                        plan:progress_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1609502400
                        plan:progress_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1625140800
                        # TYPE plan:milestones_weight gauge
                        # HELP plan:milestones_weight Weight of all milestones that are not withdrawn.
                        plan:milestones_weight{plan="lakeside",city="Lakeside",country="Thailand"} 2 1609416000
                        plan:milestones_weight{plan="lakeside",city="Lakeside",country="Thailand"} 2 1609502400
                        plan:milestones_weight{plan="lakeside",city="Lakeside",country="Thailand"} 2 1625140800
                        # TYPE plan:milestones_weight_met gauge
                        # HELP plan:milestones_weight_met Weight met so far, of all milestones that are not withdrawn.
                        plan:milestones_weight_met{plan="lakeside",city="Lakeside",country="Thailand"} 0 1609416000
                        plan:milestones_weight_met{plan="lakeside",city="Lakeside",country="Thailand"} 0 1609502400
                        plan:milestones_weight_met{plan="lakeside",city="Lakeside",country="Thailand"} 0 1625140800
                        # TYPE plan:schedule_performance_ratio gauge
                        # HELP plan:schedule_performance_ratio Schedule performance index: earned value over planned value.
                        plan:schedule_performance_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1609502400
                        plan:schedule_performance_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1625140800
                        # TYPE plan:earned_value gauge
                        """)
                .contains("""

                        # TYPE network:schedule_performance_ratio gauge
                        # HELP network:schedule_performance_ratio Schedule performance index: earned value over planned value.
                        network:schedule_performance_ratio 0 1609502400
                        network:schedule_performance_ratio 0 1625140800
                        # TYPE network:milestones gauge
                        """)
                .endsWith("\n# EOF\n");
    }

    @Test
    void when_something_was_recorded_is_not_told_of_the_past() throws IOException {
        assertThat(written(MONTHS, story()))
                .contains("plan:last_happened_timestamp_seconds{")
                .doesNotContain("plan:last_recorded_timestamp_seconds");
    }

    @Test
    void without_plans_or_days_it_is_empty() throws IOException {
        assertThat(written(MONTHS)).isEqualTo("# EOF\n");
        assertThat(written(List.of(), story())).isEqualTo("# EOF\n");
        assertThat(written(List.of(LocalDate.of(2017, 12, 31)), story())).isEqualTo("# EOF\n");
    }

    @Test
    void a_name_may_have_what_open_metrics_escapes() throws IOException {
        var odd = List.<Event>of(opened("odd", "A \"B\" \\ C\nD", "2018"));
        assertThat(written(List.of(LocalDate.of(2018, 1, 1)), odd))
                .contains("plan:planned_value{plan=\"odd\",city=\"A \\\"B\\\" \\\\ C\\nD\",country=\"Thailand\"} 0 ");
    }

    private static PlanOpened opened(String plan, String city, String day) {
        var profile = new CityProfile(city, null, "Thailand", "TH", null, null, null, null, null);
        return new PlanOpened(new PlanId(plan), on(day), profile, on("2018"), on("2025"), Details.NONE);
    }

    @SafeVarargs
    private static String written(List<LocalDate> days, List<Event>... plans) throws IOException {
        var past = new IndicatorHistory(days);
        for (var facts : plans) past.add(recorded(facts));
        var text = new StringBuilder();
        past.write(text);
        return text.toString();
    }

    private static Stream<Sample> samples(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).map(Sample::of);
    }

    private static String by(String name, String status) {
        return name + "{status=\"" + status + "\"}";
    }

    private static void put(Map<String, Double> values, String series, @Nullable Number value) {
        if (value != null) values.put(series, value.doubleValue());
    }

    private static double sum(Map<String, Long> counts) {
        return counts.values().stream().mapToDouble(Long::doubleValue).sum();
    }

    private static double sum(Map<String, Double> samples, String name) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Without what merely repeats the one before. */
    private static List<String> pieces(List<String> words) {
        var pieces = new ArrayList<String>();
        for (var word : words) {
            if (pieces.isEmpty() || !pieces.getLast().equals(word)) pieces.add(word);
        }
        return pieces;
    }

    @SafeVarargs
    private static Map<String, Double> scrape(LocalDate day, List<Event>... plans) {
        var samples = new Samples();
        for (var facts : plans) {
            PlanRows.of(PlanRecord.of(recorded(facts)).on(day))
                    .ifPresent(rows -> PlanOnDay.of(rows, day).give(samples));
        }
        var values = new TreeMap<String, Double>();
        for (MetricSnapshot metric : samples.snapshots()) {
            var name = metric.getMetadata().getName();
            if (name.equals(Metric.PLAN_LAST_RECORDED.text)) continue;
            for (var point : ((GaugeSnapshot) metric).getDataPoints())
                values.put(series(name, point), point.getValue());
        }
        return values;
    }

    /** As the history names it: labels in the order of their metric. */
    private static String series(String name, GaugeSnapshot.GaugeDataPointSnapshot point) {
        var metric = Stream.of(Metric.values())
                .filter(defined -> defined.text.equals(name))
                .findAny()
                .orElseThrow();
        return metric.labels.stream()
                .map(label -> label.text + "=\"" + point.getLabels().get(label.text) + '"')
                .collect(Collectors.joining(",", metric.recorded().orElseThrow() + "{", "}"));
    }
}
