package milepost.api.http;

import java.util.List;
import milepost.command.Rejected.Field;

/** A request that could not be read, with every field that is to blame. */
public final class Malformed extends RuntimeException {
    static final String FIELDS = "Some fields cannot be read.";

    private final transient List<Field> fields;

    public Malformed(String detail, List<Field> fields) {
        super(detail, null, false, false);
        this.fields = List.copyOf(fields);
    }

    public List<Field> fields() {
        return fields;
    }
}
