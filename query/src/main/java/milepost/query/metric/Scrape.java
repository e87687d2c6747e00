package milepost.query.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import milepost.log.store.LogClock;
import milepost.log.store.LogSize;
import milepost.log.store.LogTable;
import milepost.query.projection.axon.Lag;

/** What a scrape was told of its moment; what nobody knew in time is empty. */
record Scrape(
        boolean databaseAnswers,
        Optional<Map<String, Lag.Backlog>> projections,
        Optional<LogTable.Coverage> audit,
        Optional<LogClock.Reading> clocks,
        Optional<Backups.Last> backup,
        Optional<LogSize.Bytes> size,
        Optional<Boolean> verifies) {
    /** A value of each projection. */
    Map<List<String>, ? extends Number> projections(Function<Lag.Backlog, ? extends Number> value) {
        return projections.orElse(Map.of()).entrySet().stream()
                .collect(Collectors.toMap(lag -> List.of(lag.getKey()), lag -> value.apply(lag.getValue())));
    }

    void give(Sink samples) {
        for (var metric : Metric.values()) {
            if (metric.taken instanceof Taken.AtScrape taken) {
                taken.values().apply(this).forEach((labels, value) -> samples.add(metric, value, labels));
            }
        }
    }
}
