package milepost.api.read;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import milepost.api.http.Links;
import milepost.log.store.History;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A stream's facts byte for byte as they were written: in pages, or all of them as NDJSON. */
@Component
class StoredLines {
    private static final int CHUNK = 500;

    private final History history;

    StoredLines(History history) {
        this.history = history;
    }

    /** A page of facts, each as its line has it. */
    record Page(@JsonRawValue String items, @Nullable String next) {}

    Page page(String stream, @Nullable Integer limit, @Nullable String after, boolean newestFirst) {
        var most = Links.limit(limit);
        var from = Links.version(after);
        var lines = newestFirst
                ? history.linesBefore(stream, from == null ? Long.MAX_VALUE : from, most + 1)
                : history.lines(stream, from == null ? 0 : from, most + 1);
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

    ResponseEntity<StreamingResponseBody> all(String stream) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(out -> write(stream, out));
    }

    private void write(String stream, OutputStream out) throws IOException {
        var after = 0L;
        List<History.Line> lines;
        do {
            lines = history.lines(stream, after, CHUNK);
            for (var line : lines) {
                out.write(line.bytes());
                out.write('\n');
                after = line.version();
            }
            out.flush();
        } while (lines.size() == CHUNK);
    }
}
