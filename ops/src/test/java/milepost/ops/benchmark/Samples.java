package milepost.ops.benchmark;

import java.util.Collection;

/** What a set of measurements says in one number. */
final class Samples {
    private Samples() {}

    static double median(Collection<Double> values) {
        return percentile(values, 50);
    }

    static double percentile(Collection<Double> values, int percent) {
        var sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) throw new IllegalArgumentException("nothing was measured");
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
