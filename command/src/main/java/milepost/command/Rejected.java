package milepost.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** One refusal, expected and without a stack trace. */
public final class Rejected extends RuntimeException {
    /**
     * A field that is wrong, by its name in the request, and how to mend it.
     *
     * @param missing whether it was not given at all, which nobody is told twice
     */
    public record Field(
            String field, String message, @JsonIgnore boolean missing) {
        public Field(String field, String message) {
            this(field, message, false);
        }

        public static Field missing(String field) {
            return new Field(field, "is required", true);
        }

        /** @param form what it takes */
        public static Field missing(String field, String form) {
            return new Field(field, "is required: " + form, true);
        }
    }

    private final transient Reason reason;
    private final transient List<Field> fields;

    Rejected(Reason reason, String detail) {
        this(reason, detail, List.of());
    }

    public Rejected(Reason reason, String detail, List<Field> fields) {
        super(detail, null, false, false);
        this.reason = reason;
        this.fields = List.copyOf(fields);
    }

    public Reason reason() {
        return reason;
    }

    /** Every field out of bounds; empty for other refusals. */
    public List<Field> fields() {
        return fields;
    }
}
