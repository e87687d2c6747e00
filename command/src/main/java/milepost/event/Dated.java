package milepost.event;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that changes over time, latest statement first: a statement about an earlier day falls into its place below,
 * where days overlap the later record wins. A statement of what holds already is kept too: what held between the two may
 * be recorded late.
 */
public record Dated<T extends @Nullable Object>(
        PartialDate on, T value, @Nullable Dated<T> before) {
    public static <T extends @Nullable Object> Dated<T> add(@Nullable Dated<T> to, PartialDate on, T value) {
        if (to == null || !on.surelyBefore(to.on)) return new Dated<>(on, value, to);
        var later = new ArrayDeque<Dated<T>>();
        var below = to;
        for (; below != null && on.surelyBefore(below.on); below = below.before) later.push(below);
        var added = new Dated<>(on, value, below);
        for (var above : later) added = new Dated<>(above.on, above.value, added);
        return added;
    }

    /** Adds a value, if there is one: what an amendment leaves out stays as it was. */
    public static <T> @Nullable Dated<T> amend(@Nullable Dated<T> to, PartialDate on, @Nullable T value) {
        return value == null ? to : add(to, on, value);
    }

    /** Whether nothing would be amended. */
    public static <T> boolean keeps(@Nullable Dated<T> dated, @Nullable T value) {
        return value == null || holds(dated, value);
    }

    /** What was said of a day: what surely came later is passed over. */
    public static <T extends @Nullable Object> @Nullable Dated<T> until(@Nullable Dated<T> dated, PartialDate on) {
        var then = dated;
        while (then != null && on.surelyBefore(then.on)) then = then.before;
        return then;
    }

    /**
     * What was said by a day: all that counts from a later one is passed over. It is the same as if that had never been
     * said, since what stands above a later statement can mean a later day itself.
     */
    public static <T extends @Nullable Object> @Nullable Dated<T> by(@Nullable Dated<T> dated, LocalDate day) {
        var then = dated;
        while (then != null && then.on.earliest().isAfter(day)) then = then.before;
        return then;
    }

    /** Whether it was said and holds already. */
    public static <T extends @Nullable Object> boolean holds(@Nullable Dated<T> dated, T value) {
        return dated != null && Objects.equals(dated.value, value);
    }

    /** The value that holds, or the given one while nothing was said. */
    public static <T extends @Nullable Object> T valueOf(@Nullable Dated<T> dated, T otherwise) {
        return dated == null ? otherwise : dated.value;
    }
}
