package milepost.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A project, by its slug within the plan. */
public record ProjectId(@JsonValue String text) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProjectId {}

    @Override
    public String toString() {
        return text;
    }
}
