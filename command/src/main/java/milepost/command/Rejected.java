package milepost.command;

import java.util.List;

/** One refusal, expected and without a stack trace. */
public final class Rejected extends RuntimeException {
    /** A field that is wrong, by its name in the request, and how to mend it. */
    public record Field(String field, String message) {}

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
