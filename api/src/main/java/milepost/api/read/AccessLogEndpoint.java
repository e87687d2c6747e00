package milepost.api.read;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import milepost.api.http.Links;
import milepost.api.http.Malformed;
import milepost.api.identity.AccessFact;
import milepost.api.identity.AccessFact.AccessLogExported;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Rejected.Field;
import milepost.event.PartialDate;
import milepost.log.store.AccessStream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Who signed in, what was refused, and who was allowed what, as recorded. */
@RestController
@Needs(Right.ACCESS_LOG)
@RequestMapping("/api/access-log")
@Tag(name = "Access log")
class AccessLogEndpoint {
    private final AccessStream stream;
    private final AccessLog accessLog;

    AccessLogEndpoint(AccessStream stream, AccessLog accessLog) {
        this.stream = stream;
        this.accessLog = accessLog;
    }

    /** Which facts. */
    record Filter(
            @Parameter(
                    description =
                            "Recorded then or later: an instant (RFC 3339), or the beginning of a day, month or year"
                                    + " in UTC.",
                    example = "2026-11-20")
            @Nullable
            String since,

            @Parameter(description = "The type of the fact.", example = "RequestRefused") @Nullable
            String kind,

            @Parameter(description = "The subject of who did it, a pseudonym as facts have it.", example = "anonymous")
            @Nullable
            String by) {
        AccessStream.Selection selection() {
            Links.oneOf("kind", kind, kinds());
            return new AccessStream.Selection(since == null ? null : instant(since), kind, by);
        }

        private static Stream<String> kinds() {
            return Arrays.stream(AccessFact.class.getPermittedSubclasses())
                    .map(Class::getSimpleName)
                    .sorted();
        }

        private static Instant instant(String since) {
            try {
                var isInstant = ComparedMoment.INSTANT.matcher(since).matches();
                return isInstant
                        ? OffsetDateTime.parse(since).toInstant()
                        : new PartialDate(since)
                                .earliest()
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant();
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new Malformed(
                        "Some parameters cannot be read.",
                        List.of(new Field(
                                "since",
                                "cannot be read: '" + since + "' is no instant (2026-11-20T08:15:30Z; a + is written"
                                        + " %2B), nor a day, month or year (2026-11-20, 2026-11, 2026)")));
            }
        }
    }

    @Operation(
            operationId = "readAccessLog",
            summary = "Read the access log, in pages",
            description = "order is desc (the newest first, unless told otherwise) or asc.")
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    StoredLines.Page read(
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @ParameterObject Filter filter) {
        Links.oneOf("order", order, Stream.of("asc", "desc"));
        var selection = filter.selection();
        return "asc".equals(order)
                ? StoredLines.page((version, most) -> stream.lines(selection, version, most), 0, limit, after)
                : StoredLines.page(
                        (version, most) -> stream.linesBefore(selection, version, most), Long.MAX_VALUE, limit, after);
    }

    @Operation(
            operationId = "readAccessLog",
            summary = "Stream the access log",
            description = "One fact a line (NDJSON), the oldest first.")
    @GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
    ResponseEntity<StreamingResponseBody> stream(@ParameterObject Filter filter) {
        var selection = filter.selection();
        accessLog.record(Identity.current().author(), new AccessLogExported());
        return StoredLines.all((version, most) -> stream.lines(selection, version, most));
    }
}
