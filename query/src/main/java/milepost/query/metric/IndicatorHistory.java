package milepost.query.metric;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.plan.PlanRecord;
import milepost.query.plan.PlanRows;

/**
 * What recording rules would have kept of the plans, had they been scraped on days of the past: each plan as it is read
 * {@code on} the day, when that has begun everywhere, in OpenMetrics, and all of them together. A value is kept once for all the days it lasts.
 */
public final class IndicatorHistory {
    private static final double LARGEST_EXACT = 1L << 53;

    private final List<LocalDate> days;
    private final Map<Metric, Map<List<String>, List<Run>>> families = new EnumMap<>(Metric.class);

    /** The same value on each of the days from one to another, by their numbers. */
    private record Run(int first, int last, double value) {}

    /** @param days oldest first */
    public IndicatorHistory(List<LocalDate> days) {
        this.days = List.copyOf(days);
    }

    /** Adds a plan by all its facts, in stream order; days on which there was no plan yet have no sample. */
    public void add(List<Recorded> record) {
        var rows = PlanRows.on(days, PlanRecord.of(record));
        for (var i = 0; i < days.size(); i++) {
            if (rows.get(i).isPresent())
                PlanOnDay.of(rows.get(i).get(), days.get(i)).give(day(i));
        }
    }

    private Sink day(int i) {
        return (metric, value, labels) -> {
            if (value == null || !metric.hasPast()) return;
            var runs = families.computeIfAbsent(metric, m -> new LinkedHashMap<>())
                    .computeIfAbsent(labels, l -> new ArrayList<>());
            runs.add(begun(runs, i, value.doubleValue()));
        };
    }

    /** The run that ends with the day: the last one, taken from the list, or a new one. */
    private static Run begun(List<Run> runs, int i, double value) {
        if (runs.isEmpty()) return new Run(i, i, value);
        var last = runs.getLast();
        if (last.last() != i - 1 || last.value() != value) return new Run(i, i, value);
        return new Run(runs.removeLast().first(), i, value);
    }

    /** Writes every series of a metric after the other, each in the order of time; of the plans, then of all together. */
    public void write(Appendable out) throws IOException {
        for (var family : families.entrySet()) {
            var metric = family.getKey();
            var name = metric.recorded().orElseThrow();
            head(name, metric.help, out);
            for (var series : family.getValue().entrySet()) {
                write(name + labels(metric.labels, series.getKey()), series.getValue(), out);
            }
        }
        for (var metric : NetworkMetric.values()) {
            var totals = totals(metric);
            if (totals.isEmpty()) continue;
            head(metric.text, metric.help, out);
            for (var series : totals.entrySet()) {
                write(metric.text + labels(metric.labels(), series.getKey()), series.getValue(), out);
            }
        }
        out.append("# EOF\n");
    }

    private static void head(String name, String help, Appendable out) throws IOException {
        out.append("# TYPE ").append(name).append(" gauge\n");
        out.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
    }

    private void write(String series, List<Run> runs, Appendable out) throws IOException {
        for (var run : runs) {
            var sample = series + ' ' + number(run.value()) + ' ';
            for (var i = run.first(); i <= run.last(); i++) {
                var time = days.get(i).atStartOfDay(Moment.LAST).toEpochSecond();
                out.append(sample).append(Long.toString(time)).append('\n');
            }
        }
    }

    /** What the recording rule makes of the plans' samples of each day, by the labels that do not name the plan. */
    private Map<List<String>, List<Run>> totals(NetworkMetric metric) {
        var totals = new LinkedHashMap<List<String>, List<Run>>();
        var divisors = metric.over == null ? null : sums(metric.over);
        sums(metric.sum).forEach((labels, sums) -> {
            var values = divisors == null ? sums : ratios(sums, Objects.requireNonNull(divisors.get(labels)));
            totals.put(
                    labels,
                    IntStream.range(0, values.length)
                            .filter(i -> !Double.isNaN(values[i]))
                            .mapToObj(i -> new Run(i, i, values[i]))
                            .toList());
        });
        totals.values().removeIf(List::isEmpty);
        return totals;
    }

    private static double[] ratios(double[] sums, double[] divisors) {
        return IntStream.range(0, sums.length)
                .mapToDouble(i -> divisors[i] > 0 ? sums[i] / divisors[i] : Double.NaN)
                .toArray();
    }

    /** A sum for each day; on which there was nothing to add, none (NaN). */
    private Map<List<String>, double[]> sums(Metric metric) {
        var sums = new LinkedHashMap<List<String>, double[]>();
        families.getOrDefault(metric, Map.of()).forEach((labels, runs) -> {
            var values =
                    sums.computeIfAbsent(labels.subList(Label.OF_EVERY_PLAN.size(), labels.size()), l -> nothing());
            for (var run : runs) {
                for (var i = run.first(); i <= run.last(); i++) {
                    values[i] = Double.isNaN(values[i]) ? run.value() : values[i] + run.value();
                }
            }
        });
        return sums;
    }

    private double[] nothing() {
        var values = new double[days.size()];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private static String labels(List<Label> labels, List<String> values) {
        if (labels.isEmpty()) return "";
        return IntStream.range(0, values.size())
                .mapToObj(i -> labels.get(i).text + "=\"" + escaped(values.get(i)) + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        var whole = value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
