package milepost.api.read;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import milepost.api.http.Links;
import milepost.log.store.History;
import milepost.query.audit.Entry;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A stream's facts byte for byte as they were written: in pages, or all of them as NDJSON. */
final class StoredLines {
    private static final int CHUNK = 500;

    private StoredLines() {}

    /** Up to so many lines beyond a version, in the order of a list. */
    interface Lines {
        List<History.Line> beyond(long version, int limit);
    }

    /** A page of facts, each as its line has it. */
    record Page(
            @JsonRawValue @ArraySchema(schema = @Schema(implementation = Entry.class))
            String items,

            @Nullable String next) {}

    /** @param first the version beyond which the first page begins */
    static Page page(Lines listed, long first, @Nullable Integer limit, @Nullable String after) {
        var most = Links.limit(limit);
        var from = Links.version(after);
        var lines = listed.beyond(from == null ? first : from, most + 1);
        var page = lines.stream().limit(most).toList();
        var items = page.stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
                .toList();
        return new Page(
                "[" + String.join(",", items) + "]",
                Links.next(
                        lines.size() > most
                                ? Optional.of(Long.toString(page.getLast().version()))
                                : Optional.empty()));
    }

    static ResponseEntity<StreamingResponseBody> all(Lines listed) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(out -> write(listed, out));
    }

    private static void write(Lines listed, OutputStream out) throws IOException {
        var after = 0L;
        List<History.Line> lines;
        do {
            lines = listed.beyond(after, CHUNK);
            for (var line : lines) {
                out.write(line.bytes());
                out.write('\n');
                after = line.version();
            }
            out.flush();
        } while (lines.size() == CHUNK);
    }
}
