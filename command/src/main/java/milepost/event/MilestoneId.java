package milepost.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A milestone, by its slug within the plan. */
public record MilestoneId(@JsonValue String text) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MilestoneId {}

    @Override
    public String toString() {
        return text;
    }
}
