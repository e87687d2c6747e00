package milepost.query.metric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the samples of one moment; a number that is undefined is left out. */
interface Sink {
    /** Takes a sample, with a value for each label of the metric in their order. */
    void add(Metric metric, @Nullable Number value, List<String> labels);
}
