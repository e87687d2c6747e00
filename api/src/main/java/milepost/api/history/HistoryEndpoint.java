package milepost.api.history;

import static milepost.api.http.Moments.known;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import milepost.api.http.Links;
import milepost.event.PlanId;
import milepost.query.history.History;
import milepost.query.history.Moment;
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
@RequestMapping("/api/plans/{plan}/history")
@Tag(name = "Timeline and history")
class HistoryEndpoint {
    private static final int CHUNK = 500;

    private final History history;

    HistoryEndpoint(History history) {
        this.history = history;
    }

    /** A page of facts, each as its line has it. */
    record HistoryPage(@JsonRawValue String items, @Nullable String next) {}

    @Operation(summary = "Read a plan's facts as recorded, in pages")
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE, params = "!format")
    HistoryPage read(
            @PathVariable PlanId plan,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        exists(plan);
        var most = Links.limit(limit);
        var lines = history.lines(plan, version(after), most + 1);
        var page = lines.stream().limit(most).toList();
        var items = page.stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
                .toList();
        return new HistoryPage(
                "[" + String.join(",", items) + "]",
                Links.next(
                        lines.size() > most
                                ? Optional.of(Long.toString(page.getLast().version()))
                                : Optional.empty()));
    }

    @Operation(
            summary = "Stream a plan's facts as recorded",
            description = "One fact a line (NDJSON), byte for byte as it was written when it was recorded.")
    @GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE, params = "!format")
    ResponseEntity<StreamingResponseBody> stream(@PathVariable PlanId plan) {
        exists(plan);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(out -> write(plan, out));
    }

    @Operation(summary = "Stream a plan's facts as recorded, by a parameter instead of Accept")
    @GetMapping(params = "format=ndjson")
    ResponseEntity<StreamingResponseBody> stream(@PathVariable PlanId plan, @RequestParam String format) {
        return stream(plan);
    }

    @Operation(hidden = true)
    @GetMapping(params = "format")
    HistoryPage unknown(@RequestParam String format) {
        throw Links.refused("format", "is ndjson, or left out for JSON");
    }

    private void write(PlanId plan, OutputStream out) throws IOException {
        var after = 0L;
        List<History.Line> lines;
        do {
            lines = history.lines(plan, after, CHUNK);
            for (var line : lines) {
                out.write(line.bytes());
                out.write('\n');
                after = line.version();
            }
            out.flush();
        } while (lines.size() == CHUNK);
    }

    private void exists(PlanId plan) {
        known(history.version(plan), plan, Moment.NOW);
    }

    private static long version(@Nullable String after) {
        var said = Links.decode(after);
        try {
            return said == null ? 0 : Long.parseLong(said);
        } catch (NumberFormatException e) {
            throw Links.unknown();
        }
    }
}
