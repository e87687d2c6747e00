package milepost.api.http;

import java.util.List;
import milepost.command.Rejected.Field;

/** The body of a write: a record of what the person may say, read by {@link BodyReader}. */
public interface Body {
    /** Fields that are missing where the fact has no way to lack them, or say two things; none unless a body has such. */
    default List<Field> contradictions() {
        return List.of();
    }
}
