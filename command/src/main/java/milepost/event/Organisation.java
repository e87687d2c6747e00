package milepost.event;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was involved.
 *
 * @param countryCode ISO 3166-1 alpha-2
 */
public record Organisation(
        String name, @Nullable String countryCode, @Nullable Kind kind) {
    public enum Kind {
        GOVERNMENT("government"),
        CITY("city"),
        PRIVATE_SECTOR("private-sector"),
        MULTILATERAL("multilateral"),
        ACADEMIA("academia"),
        OTHER("other");

        @JsonValue
        public final String code;

        Kind(String code) {
            this.code = code;
        }
    }
}
