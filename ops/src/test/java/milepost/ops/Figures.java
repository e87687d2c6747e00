package milepost.ops;

import java.util.Arrays;
import java.util.Locale;

/** What a benchmark prints: a small store beside a large one, and how they compare. */
final class Figures {
    private Figures() {}

    /** The medians, and their ratio. */
    static void compare(String what, double[] small, double[] large) {
        row(what, median(small), median(large), String.format(Locale.ROOT, "%.2f", median(large) / median(small)));
    }

    static void row(String what, Object small, Object large, String ratio) {
        System.out.printf("%-36s %16s %16s %8s%n", what, text(small), text(large), ratio);
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : value.toString();
    }
}
