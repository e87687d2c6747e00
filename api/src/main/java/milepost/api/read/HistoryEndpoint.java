package milepost.api.read;

import static milepost.api.http.Moments.known;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import milepost.api.http.Links;
import milepost.api.identity.AccessFact.HistoryExported;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.PlanId;
import milepost.log.Moment;
import milepost.log.StreamName;
import milepost.log.store.History;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A plan's facts exactly as they were recorded, retracted ones and retractions too. */
@RestController
@Needs(Right.HISTORY)
@RequestMapping("/api/plans/{plan}/history")
@Tag(name = "Timeline and history")
class HistoryEndpoint {
    private final History history;
    private final AccessLog accessLog;

    HistoryEndpoint(History history, AccessLog accessLog) {
        this.history = history;
        this.accessLog = accessLog;
    }

    @Operation(operationId = "readHistory", summary = "Read a plan's facts as recorded, in pages")
    @Parameter(
            name = "format",
            in = ParameterIn.QUERY,
            description = "ndjson for a stream of lines, whatever is accepted; pages of JSON unless given.",
            schema = @Schema(type = "string", allowableValues = "ndjson"))
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE, params = "!format")
    StoredLines.Page read(
            @PathVariable PlanId plan,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        exists(plan);
        return StoredLines.page(of(plan), 0, limit, after);
    }

    @Operation(
            operationId = "readHistory",
            summary = "Stream a plan's facts as recorded",
            description = "One fact a line (NDJSON), byte for byte as it was written when it was recorded.")
    @GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE, params = "!format")
    ResponseEntity<StreamingResponseBody> stream(@PathVariable PlanId plan) {
        exists(plan);
        accessLog.record(Identity.current().author(), new HistoryExported(plan.text()));
        return StoredLines.all(of(plan));
    }

    @Operation(hidden = true)
    @GetMapping(params = "format=ndjson")
    ResponseEntity<StreamingResponseBody> stream(@PathVariable PlanId plan, @RequestParam String format) {
        return stream(plan);
    }

    @Operation(hidden = true)
    @GetMapping(params = "format")
    StoredLines.Page unknown(@RequestParam String format) {
        throw Links.refused("format", "is ndjson, or left out for JSON");
    }

    private StoredLines.Lines of(PlanId plan) {
        return (after, limit) -> history.lines(StreamName.of(plan), after, limit);
    }

    private void exists(PlanId plan) {
        known(history.version(plan), plan, Moment.NOW);
    }
}
