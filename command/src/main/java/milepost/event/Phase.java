package milepost.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** The five phases a smart city initiative goes through (4th ASEAN-Japan High-Level Meeting, 2022). */
public enum Phase {
    CONCEPTION("conception"),
    PREPARATION("preparation"),
    PLANNING_AND_STRATEGY_FORMULATION("planning-and-strategy-formulation"),
    PILOT_DEMONSTRATION_AND_SOCIAL_IMPLEMENTATION("pilot-demonstration-and-social-implementation"),
    DEVELOPMENT_AND_UPGRADING("development-and-upgrading");

    @JsonValue
    public final String code;

    Phase(String code) {
        this.code = code;
    }
}
