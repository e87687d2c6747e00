package milepost.ops.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.log.StreamName;
import milepost.query.audit.Bundle;
import milepost.query.audit.Entry;
import milepost.query.audit.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * What the lines say of themselves, once they are known to be in order.
 *
 * @param byStream the numbers of a stream's lines, in order
 * @param introduced the position at which a key was introduced, by the key's text
 * @param last empty of an empty log
 */
record Streams(TreeMap<String, List<Integer>> byStream, Map<String, Long> introduced, Optional<Entry> last) {

    /**
     * Reads them all.
     *
     * @param missing names what is not there at a position
     * @throws Wrong at the first line that is not in order
     */
    static Streams inOrder(LineFile lines, LongFunction<String> missing) {
        var streams = new Streams(new TreeMap<>(), new HashMap<>(), Optional.empty());
        Entry before = null;
        for (var number = 1L; number <= lines.size(); number++) {
            var entry = lines.entry(number);
            streams.checkPlace(entry, number, lines, missing);
            if (before != null && !entry.at().isAfter(before.at())) {
                throw new Wrong(entry + " was recorded at " + entry.at() + ", before its predecessor " + before + " at "
                        + before.at() + ": back-dated");
            }
            streams.add(entry, number);
            before = entry;
        }
        return new Streams(streams.byStream, streams.introduced, Optional.ofNullable(before));
    }

    private void checkPlace(Entry entry, long number, LineFile lines, LongFunction<String> missing) {
        if (entry.position() != number) {
            var displaced = later(lines, number, e -> e.position() == number);
            throw new Wrong(displaced
                    .map(e -> e + " stands after " + entry + ": the order was changed")
                    .orElseGet(() -> entry.position() > number
                            ? missing.apply(number) + " is missing before " + entry
                            : entry + " stands at line " + number + ": it is there twice, or was put in"));
        }
        var expected = version(entry.stream()) + 1;
        if (entry.version() == expected) return;
        if (entry.version() < expected) {
            throw new Wrong(entry + " comes after version " + (expected - 1) + ": it is there twice, or was put in");
        }
        var displaced = later(lines, number, e -> e.stream().equals(entry.stream()) && e.version() == expected);
        throw new Wrong(displaced
                .map(e -> e + " stands after " + entry + ": the order was changed")
                .orElse(entry.stream() + " version " + expected + " is missing: " + entry + " follows version "
                        + (expected - 1)));
    }

    private void add(Entry entry, long number) {
        byStream.computeIfAbsent(entry.stream(), stream -> new ArrayList<>()).add((int) number);
        if (entry.type().equals(Bundle.KEY_INTRODUCED) && entry.plan().isEmpty()) {
            introduced.putIfAbsent(entry.payload().path("key").asString(""), number);
        }
    }

    private int version(String stream) {
        return byStream.getOrDefault(stream, List.of()).size();
    }

    private static Optional<Entry> later(LineFile lines, long number, Predicate<Entry> wanted) {
        return LongStream.rangeClosed(number + 1, lines.size())
                .mapToObj(later -> readable(lines, later))
                .filter(Objects::nonNull)
                .filter(wanted)
                .findFirst();
    }

    private static @Nullable Entry readable(LineFile lines, long number) {
        try {
            return Entry.parse(lines.line(number));
        } catch (EventJson.Unreadable e) {
            return null;
        }
    }

    /**
     * How messages name what is not there at a position: by the first version that a stream lacks, or by the version of
     * a plan that was served with the lines.
     */
    static String missing(LineFile lines, long position, Map<String, Long> served) {
        var versions = new TreeMap<String, Long>();
        for (var number = 1L; number <= lines.size(); number++) {
            var entry = readable(lines, number);
            if (entry == null) continue;
            var expected = versions.merge(entry.stream(), 1L, Long::sum);
            if (entry.version() > expected) return entry.stream() + " version " + expected;
        }
        return served.entrySet().stream()
                .filter(plan -> plan.getValue() > versions.getOrDefault(plan.getKey(), 0L))
                .map(plan -> plan.getKey() + " version " + (versions.getOrDefault(plan.getKey(), 0L) + 1))
                .findFirst()
                .orElseGet(() -> "the entry at position " + position + lines.after(position));
    }

    /** Whether the log introduced a key before another; it may not have introduced the other at all. */
    boolean isOlder(VerifierKey key, VerifierKey other) {
        return introduced.getOrDefault(key.toString(), 0L) < introduced.getOrDefault(other.toString(), Long.MAX_VALUE);
    }

    /** The plans by id. */
    List<PlanId> plans() {
        return byStream.keySet().stream()
                .filter(StreamName::isPlan)
                .map(stream -> new PlanId(StreamName.plan(stream)))
                .toList();
    }
}
