package milepost.query.metric;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The samples of one scrape. */
final class Samples implements Sink {
    private final Map<Metric, List<GaugeDataPointSnapshot>> points = new EnumMap<>(Metric.class);

    @Override
    public void add(Metric metric, @Nullable Number value, List<String> labels) {
        if (value == null) return;
        var names = metric.labels.stream().map(label -> label.text).toList();
        points.computeIfAbsent(metric, m -> new ArrayList<>())
                .add(new GaugeDataPointSnapshot(value.doubleValue(), Labels.of(names, labels), null));
    }

    void add(Samples more) {
        more.points.forEach((metric, of) ->
                points.computeIfAbsent(metric, m -> new ArrayList<>()).addAll(of));
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(points.entrySet().stream()
                .<MetricSnapshot>map(metric -> new GaugeSnapshot(
                        new MetricMetadata(metric.getKey().text, metric.getKey().help), metric.getValue()))
                .toList());
    }
}
