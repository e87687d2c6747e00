package milepost.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a status report says of a project or a plan. */
public enum Health {
    ON_TRACK("on-track"),
    AT_RISK("at-risk"),
    DELAYED("delayed"),
    SUSPENDED("suspended"),
    COMPLETED("completed"),
    CANCELLED("cancelled");

    @JsonValue
    public final String code;

    Health(String code) {
        this.code = code;
    }
}
