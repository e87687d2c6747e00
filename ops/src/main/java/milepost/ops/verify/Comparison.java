package milepost.ops.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import milepost.query.audit.Hash;

/**
 * Lines beside the hashes that they should have: finds the first that differs, and what was done to it. A line that moved
 * may have been given the position of its new place.
 *
 * @param known the hashes, in order
 * @param whose who holds the hashes
 * @param missing names what the log no longer has at a position
 */
record Comparison(LineFile lines, List<Hash> known, String whose, LongFunction<String> missing) {
    private static final Pattern POSITION = Pattern.compile("^\\{\"position\":\\d+");

    /** @throws Wrong if a line differs from its hash, or lines are fewer than hashes */
    void check() {
        var both = Math.min(lines.size(), known.size());
        var different = LongStream.rangeClosed(1, both)
                .filter(position -> !lines.leaves().get((int) position - 1).equals(known(position)))
                .findFirst();
        if (different.isPresent()) throw new Wrong(difference(different.getAsLong()));
        if (lines.size() < known.size()) {
            throw new Wrong(missing.apply(lines.size() + 1) + " is missing, and all after it: the log has "
                    + lines.size() + " entries, " + whose + " " + known.size() + ": cut off or rolled back");
        }
    }

    private String difference(long position) {
        var isHeldLater = LongStream.rangeClosed(position + 1, known.size())
                .anyMatch(later -> leaf(position, later).equals(known(later)));
        var standsLater = LongStream.rangeClosed(position + 1, lines.size())
                .filter(later -> leaf(later, position).equals(known(position)))
                .findFirst();
        var name = lines.name(position);
        if (standsLater.isPresent()) {
            var later = standsLater.getAsLong();
            return isHeldLater
                    ? lines.name(later) + " stands at line " + later + ", and " + name + " in its place at line "
                            + position + ": the order is not that of " + whose
                    : name + " was put in: " + whose + " holds no such line";
        }
        return isHeldLater
                ? missing.apply(position) + " is missing: " + whose + " holds it before " + name
                : name + " was changed: its line is not what " + whose + " holds";
    }

    private Hash known(long position) {
        return known.get((int) position - 1);
    }

    /** The hash of a line as it would be at a position. */
    private Hash leaf(long number, long position) {
        var line = POSITION.matcher(new String(lines.line(number), ISO_8859_1));
        return Hash.leaf(line.replaceFirst("{\"position\":" + position).getBytes(ISO_8859_1));
    }
}
