package milepost.api.http;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A moment in the past, as a request's parameters name it. */
public record When(
        @Parameter(
                description = AS_OF + " unless it is a fact's own at.",
                schema = @Schema(type = "string"),
                example = "2026-11-20T08:15:30Z")
        @Nullable
        Instant asOf,

        @Parameter(description = "What the record said at this version; not beside asOf.", example = "17") @Nullable
        Long version,

        @Parameter(description = ON, schema = @Schema(type = "string"), example = "2021-06-30") @Nullable
        LocalDate on) {
    public static final String AS_OF =
            "What the record said then: an instant (RFC 3339), or a day, month or year, to its"
                    + " end where the network is; not in the future";
    public static final String ON = "What had happened by this day, or by the last of this month or year.";
}
