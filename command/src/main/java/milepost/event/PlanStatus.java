package milepost.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a plan stands; a draft until its first status change. */
public enum PlanStatus {
    DRAFT("draft"),
    ENDORSED("endorsed"),
    IN_PROGRESS("in-progress"),
    SUSPENDED("suspended"),
    COMPLETED("completed"),
    CLOSED("closed");

    @JsonValue
    public final String code;

    PlanStatus(String code) {
        this.code = code;
    }
}
