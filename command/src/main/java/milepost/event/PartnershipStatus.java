package milepost.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far a partnership has come. */
public enum PartnershipStatus {
    PROPOSED("proposed"),
    AGREED("agreed"),
    ACTIVE("active"),
    CONCLUDED("concluded"),
    ENDED("ended");

    @JsonValue
    public final String code;

    PartnershipStatus(String code) {
        this.code = code;
    }
}
