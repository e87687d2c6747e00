package milepost.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A plan, by its slug: `phuket`. */
public record PlanId(@JsonValue String text) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PlanId {}

    @Override
    public String toString() {
        return text;
    }
}
