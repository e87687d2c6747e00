package milepost.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a fact is known: said by somebody, concluded from what was said, or following from the plan itself. */
public enum Basis {
    REPORTED("reported"),
    INFERRED("inferred"),
    DERIVED("derived");

    @JsonValue
    public final String code;

    Basis(String code) {
        this.code = code;
    }
}
