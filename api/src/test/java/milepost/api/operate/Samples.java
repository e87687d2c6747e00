package milepost.api.operate;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import milepost.api.Node;
import org.jspecify.annotations.Nullable;

/** One scrape of a node, by name and labels as printed. */
record Samples(Map<String, Double> values) {
    private static final Pattern LABEL = Pattern.compile("\\w+=\"[^\"]*\"");

    static Samples of(Node node) {
        return new Samples(node.scrape().stream()
                .filter(line -> line.startsWith("milepost_"))
                .collect(toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                        (one, other) -> {
                            throw new AssertionError("a series was scraped twice");
                        },
                        TreeMap::new)));
    }

    /** The samples of all plans. */
    Map<String, Double> ofPlans() {
        return starting("milepost_plan_");
    }

    Map<String, Double> starting(String start) {
        return values.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(start))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }

    /** The series of one plan, each as its name and the labels it has besides plan, city and country. */
    Map<String, Double> of(String plan, String city, String country) {
        var own = List.of("city=\"" + city + "\"", "country=\"" + country + "\"", "plan=\"" + plan + "\"");
        return values.entrySet().stream()
                .filter(sample -> labels(sample.getKey()).containsAll(own))
                .collect(
                        toMap(sample -> without(own, sample.getKey()), Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    private static List<String> labels(String series) {
        return LABEL.matcher(series).results().map(MatchResult::group).toList();
    }

    private static String without(List<String> own, String series) {
        var rest = labels(series).stream().filter(label -> !own.contains(label)).toList();
        return series.replaceFirst("milepost_plan_", "").replaceFirst("\\{.*", "")
                + (rest.isEmpty() ? "" : "{" + String.join(",", rest) + "}");
    }

    /** Absent if there is no such series. */
    @Nullable
    Double get(String name, String... labels) {
        var text = labels.length == 0 ? "" : "{" + String.join(",", List.of(labels)) + "}";
        return values.get(name + text);
    }
}
