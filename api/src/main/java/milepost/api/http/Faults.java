package milepost.api.http;

import java.util.ArrayList;
import java.util.List;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;

/** The fields of one body that cannot be read. */
final class Faults {
    /** An answer stays readable, whatever somebody sends on purpose. */
    private static final int MOST_NAMED = 100;

    private final List<Field> named = new ArrayList<>();

    /** Answers null, which stands for what cannot be read. */
    @Nullable
    Object name(String place, String message) {
        named.add(new Field(place, message));
        if (named.size() == MOST_NAMED) throw new Malformed("The body cannot be read.", named);
        return null;
    }

    List<Field> named() {
        return named;
    }
}
