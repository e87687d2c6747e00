package milepost.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that changes over time, latest statement first: a statement about an earlier day falls into its place below,
 * where days overlap the later record wins, and a statement of what holds already adds nothing.
 */
public record Dated<T extends @Nullable Object>(
        PartialDate on, T value, @Nullable Dated<T> before) {
    public static <T extends @Nullable Object> Dated<T> add(@Nullable Dated<T> to, PartialDate on, T value) {
        if (to == null) return new Dated<>(on, value, null);
        if (on.surelyBefore(to.on)) return new Dated<>(to.on, to.value, add(to.before, on, value));
        return Objects.equals(to.value, value) ? to : new Dated<>(on, value, to);
    }

    /** The value that holds, or the given one while nothing was said. */
    public static <T extends @Nullable Object> T valueOf(@Nullable Dated<T> dated, T otherwise) {
        return dated == null ? otherwise : dated.value;
    }
}
