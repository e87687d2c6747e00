package milepost.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An officer, by a slug within the plan. */
public record OfficerId(@JsonValue String text) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OfficerId {}

    @Override
    public String toString() {
        return text;
    }
}
