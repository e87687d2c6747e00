package milepost.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an officer is appointed as; a record, which grants no right. */
public enum OfficerRole {
    CSCO("csco"),
    NATIONAL_REPRESENTATIVE("national-representative");

    @JsonValue
    public final String code;

    OfficerRole(String code) {
        this.code = code;
    }
}
