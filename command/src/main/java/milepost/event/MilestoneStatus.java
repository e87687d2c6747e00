package milepost.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** The milestone status codes of OC4IDS, and {@code withdrawn}. */
public enum MilestoneStatus {
    SCHEDULED("scheduled"),
    MET("met"),
    PARTIALLY_MET("partiallyMet"),
    NOT_MET("notMet"),
    WITHDRAWN("withdrawn");

    @JsonValue
    public final String code;

    MilestoneStatus(String code) {
        this.code = code;
    }
}
