package milepost.api.http;

import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A moment in the past, as a request's parameters name it. */
public record When(
        @Parameter(
                description =
                        "What the record said then: an instant (RFC 3339), not in the future unless it is a fact's own at.",
                example = "2026-11-20T08:15:30Z")
        @Nullable
        Instant asOf,

        @Parameter(description = "What the record said at this version; not beside asOf.", example = "17") @Nullable
        Long version,

        @Parameter(description = "What had happened by this day.", example = "2021-06-30") @Nullable
        LocalDate on) {}
