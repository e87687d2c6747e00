package milepost.query.metric;

import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.on;
import static milepost.event.Story.story;
import static milepost.query.Told.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanId;
import milepost.query.history.Cut;
import milepost.query.plan.PlanRows;
import org.junit.jupiter.api.Test;

class IndicatorHistoryTest {
    private static final List<LocalDate> MONTHS = Stream.iterate(
                    LocalDate.of(2017, 11, 1), day -> day.getYear() < 2027, day -> day.plusMonths(1))
            .toList();
    private static final List<Event> TWIN = List.of(opened("hilltop", "Hilltop", "2019-02-03"), BUSES_MISSED);

    @Test
    void a_day_of_the_past_shows_what_a_scrape_of_it_would_have_shown() throws IOException {
        var shown = new TreeMap<LocalDate, Map<String, Double>>();
        lines(written(MONTHS, story(), TWIN)).forEach(line -> {
            var words = line.substring(line.indexOf("} ") + 2).split(" ", -1);
            var day = LocalDate.ofEpochDay(Long.parseLong(words[1]) / 86_400);
            var series = line.substring(0, line.indexOf("} ") + 1);
            assertThat(shown.computeIfAbsent(day, d -> new TreeMap<>()).put(series, Double.valueOf(words[0])))
                    .as("given once: " + line)
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
    void families_and_series_are_each_in_one_piece_and_in_the_order_of_time() throws IOException {
        var lines = lines(written(MONTHS, story(), TWIN));
        var series = lines.stream()
                .map(line -> line.substring(0, line.indexOf("} ")))
                .toList();
        var names = series.stream().map(name -> name.substring(0, name.indexOf('{')));
        assertThat(pieces(names.toList())).doesNotHaveDuplicates().allMatch(name -> name.startsWith("plan:"));
        assertThat(pieces(series)).doesNotHaveDuplicates();
        for (var name : new LinkedHashSet<>(series)) {
            assertThat(lines.stream().filter(line -> line.startsWith(name + "} ")))
                    .extracting(line -> Long.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void it_is_open_metrics_and_what_is_undefined_has_no_sample() throws IOException {
        var days = List.of(LocalDate.of(2020, 12, 31), LocalDate.of(2021, 1, 1), LocalDate.of(2021, 7, 1));
        assertThat(written(days, List.of(OPENED, BUSES_SCHEDULED)))
                .startsWith("""
                        # TYPE plan:progress_ratio gauge
                        # HELP plan:progress_ratio Weight of what is met over the weight of all milestones that are not withdrawn.
                        plan:progress_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1609372800
                        plan:progress_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1609459200
                        plan:progress_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1625097600
                        # TYPE plan:schedule_performance_ratio gauge
                        # HELP plan:schedule_performance_ratio Schedule performance index: earned value over planned value.
                        plan:schedule_performance_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1609459200
                        plan:schedule_performance_ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0 1625097600
                        # TYPE plan:earned_value gauge
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
        var profile = new CityProfile(city, "Thailand", "TH", null, null, null, null, null);
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

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).toList();
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
            Cut.of(recorded(facts), day)
                    .flatMap(PlanRows::of)
                    .ifPresent(rows -> ProgressMeters.add(samples, rows, day));
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
