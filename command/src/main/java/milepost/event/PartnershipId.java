package milepost.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A partnership, by its slug within the plan. */
public record PartnershipId(@JsonValue String text) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PartnershipId {}

    @Override
    public String toString() {
        return text;
    }
}
