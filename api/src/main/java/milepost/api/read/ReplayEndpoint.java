package milepost.api.read;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import milepost.api.http.Links;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.PlanId;
import milepost.log.Moment;
import milepost.query.past.Replay;
import milepost.query.past.Replay.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/** A plan's record step by step. */
@RestController
@Needs(Right.READ)
@RequestMapping("/api/plans/{plan}/replay")
@Tag(name = "Timeline and history")
class ReplayEndpoint {
    private static final int CHUNK = 50;

    private final Records records;
    private final JsonMapper json;

    ReplayEndpoint(Records records, JsonMapper json) {
        this.records = records;
        this.json = json;
    }

    /** A page of steps. */
    record ReplayPage(List<Step> items, @Nullable String next) {}

    @Operation(
            operationId = "replayPlan",
            summary = "Replay a plan step by step, in pages",
            description =
                    "Each fact as it was recorded, retracted ones and retractions too, told in the words of its own"
                            + " time, with the indicators after it as of the instant it was recorded.")
    @Parameter(
            name = "format",
            in = ParameterIn.QUERY,
            description = "ndjson for a stream of lines, whatever is accepted; pages of JSON unless given.",
            schema = @Schema(type = "string", allowableValues = "ndjson"))
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE, params = "!format")
    ReplayPage read(
            @PathVariable PlanId plan,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        var most = Links.limit(limit);
        var steps = Replay.of(records.of(plan, Moment.NOW), Objects.requireNonNullElse(Links.version(after), 0L))
                .limit(most + 1L)
                .toList();
        var page = steps.stream().limit(most).toList();
        return new ReplayPage(
                page,
                Links.next(
                        steps.size() > most
                                ? Optional.of(Long.toString(page.getLast().version()))
                                : Optional.empty()));
    }

    @Operation(
            operationId = "replayPlan",
            summary = "Stream a plan's replay",
            description = "One step a line (NDJSON), the oldest first.")
    @GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE, params = "!format")
    ResponseEntity<StreamingResponseBody> stream(@PathVariable PlanId plan) {
        var recorded = records.of(plan, Moment.NOW);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(out -> write(Replay.of(recorded, 0), out, json));
    }

    @Operation(hidden = true)
    @GetMapping(params = "format=ndjson")
    ResponseEntity<StreamingResponseBody> stream(@PathVariable PlanId plan, @RequestParam String format) {
        return stream(plan);
    }

    @Operation(hidden = true)
    @GetMapping(params = "format")
    ReplayPage unknown(@RequestParam String format) {
        throw Links.refused("format", "is ndjson, or left out for JSON");
    }

    /** A step is computed when it is its turn: a client that goes away fails the next flush, and ends the replay. */
    static void write(Stream<Step> steps, OutputStream out, JsonMapper json) throws IOException {
        var written = 0;
        for (var step : (Iterable<Step>) steps::iterator) {
            out.write(json.writeValueAsBytes(step));
            out.write('\n');
            if (++written % CHUNK == 0) out.flush();
        }
        out.flush();
    }
}
