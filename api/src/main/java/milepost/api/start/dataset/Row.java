package milepost.api.start.dataset;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row of a file, with the line it ends on. */
record Row(String file, long line, Map<String, String> values) {
    /** A value that cannot stand where it is; reported with file, line and column. */
    static final class Bad extends RuntimeException {
        Bad(Row row, String column, String reason) {
            super(row.file + " line " + row.line + ", column " + column + ": " + reason, null, false, false);
        }
    }

    /** The value, or null if it is empty. */
    @Nullable
    String text(String column) {
        var value = values.get(column);
        if (value == null) throw new Bad(this, column, "there is no such column");
        return value.isBlank() ? null : value.strip();
    }

    /** The value as something else, or null if it is empty. */
    <T> @Nullable T value(String column, Function<String, T> reading) {
        var text = text(column);
        if (text == null) return null;
        try {
            return reading.apply(text);
        } catch (RuntimeException e) {
            throw new Bad(this, column, "'" + text + "' cannot be read: " + e.getMessage());
        }
    }

    /** The value as something else; it may not be empty. */
    <T> T required(String column, Function<String, T> reading) {
        var value = value(column, reading);
        if (value == null) throw new Bad(this, column, "is empty");
        return value;
    }

    String required(String column) {
        return required(column, Function.identity());
    }

    /** The value's parts. */
    List<String> list(String column, String separator) {
        var text = text(column);
        return text == null
                ? List.of()
                : Stream.of(text.split(separator)).map(String::strip).toList();
    }
}
