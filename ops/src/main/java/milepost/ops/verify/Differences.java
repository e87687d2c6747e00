package milepost.ops.verify;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Compares JSON by value: neither the order of members nor the way a number is written matters. */
final class Differences {
    private Differences() {}

    /** The first difference, as a JSON pointer and both values. */
    static Optional<String> first(String servedBy, JsonNode served, JsonNode folded) {
        return first("", servedBy, served, folded);
    }

    private static Optional<String> first(String pointer, String servedBy, JsonNode served, JsonNode folded) {
        if (served.isObject() && folded.isObject()) {
            var names = new TreeSet<>(served.propertyNames());
            names.addAll(folded.propertyNames());
            return first(names.stream()
                    .map(name -> first(
                            pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                            servedBy,
                            served.path(name),
                            folded.path(name))));
        }
        if (served.isArray() && folded.isArray()) {
            return first(IntStream.range(0, Math.max(served.size(), folded.size()))
                    .mapToObj(i -> first(pointer + "/" + i, servedBy, served.path(i), folded.path(i))));
        }
        if (equal(served, folded)) return Optional.empty();
        return Optional.of(
                pointer + " is " + shown(served) + " in " + servedBy + ", but " + shown(folded) + " by the facts");
    }

    private static Optional<String> first(Stream<Optional<String>> differences) {
        return differences.flatMap(Optional::stream).findFirst();
    }

    private static boolean equal(JsonNode one, JsonNode other) {
        var areNumbers = one.isNumber() && other.isNumber();
        return areNumbers ? one.decimalValue().compareTo(other.decimalValue()) == 0 : one.equals(other);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }
}
