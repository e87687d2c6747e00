package milepost.query.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.query.projection.axon.Lag;
import org.jspecify.annotations.Nullable;

/** How a metric's samples are taken, and by which labels; the values of a metric's own labels lead to a value each. */
sealed interface Taken {
    String GAUGE = "gauge";
    String COUNTER = "counter";
    String HISTOGRAM = "histogram";
    String INFO = "info";

    List<Label> labels();

    /** Its type in Prometheus. */
    default String type() {
        return GAUGE;
    }

    /** From each plan on a day, so that it has a past too. */
    record OfPlan(List<Label> labels, Function<PlanOnDay, Map<List<String>, ? extends Number>> values)
            implements Taken {}

    /** From what a scrape is told of this moment. */
    record AtScrape(List<Label> labels, Function<Scrape, Map<List<String>, ? extends Number>> values)
            implements Taken {}

    /** By whoever does what is counted: they ask the metric for its meter. */
    record Counted(String type, List<Label> labels) implements Taken {}

    /** One value, absent while it is undefined. */
    static Taken ofPlan(Function<PlanOnDay, @Nullable Number> value) {
        return new OfPlan(Label.OF_EVERY_PLAN, plan -> only(value.apply(plan)));
    }

    static Taken ofPlan(Function<PlanOnDay, Map<List<String>, ? extends Number>> values, Label... own) {
        return new OfPlan(
                Stream.concat(Label.OF_EVERY_PLAN.stream(), Stream.of(own)).toList(), values);
    }

    static Taken atScrape(Function<Scrape, Optional<? extends Number>> value) {
        return new AtScrape(List.of(), told -> only(value.apply(told).orElse(null)));
    }

    static Taken ofProjections(Function<Lag.Backlog, ? extends Number> value) {
        return new AtScrape(List.of(Label.PROCESSOR), told -> told.projections(value));
    }

    static Taken counted(String type, Label... labels) {
        return new Counted(type, List.of(labels));
    }

    private static Map<List<String>, Number> only(@Nullable Number value) {
        return value == null ? Map.of() : Map.of(List.of(), value);
    }
}
