package milepost.api.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import milepost.api.identity.AccessFact.AuditEntriesRead;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.Author;
import milepost.query.audit.Note;
import milepost.query.audit.Tile;
import milepost.query.audit.VerifierKey;
import milepost.query.audit.store.AuditLog;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The log as C2SP tlog-tiles serves it, for the clients, mirrors and witnesses of transparency logs. */
@RestController
@Needs(Right.PUBLIC)
@RequestMapping("/audit/log")
@Tag(name = "Audit")
class LogEndpoint {
    private static final String PREFIX = "/audit/log/tile/";
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final AuditLog log;
    private final AccessLog accessLog;
    private final Cache<Author, Boolean> readers = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .maximumSize(10_000)
            .build();

    LogEndpoint(AuditLog log, AccessLog accessLog) {
        this.log = log;
        this.accessLog = accessLog;
    }

    @Operation(
            operationId = "readCheckpoint",
            summary = "The last signed checkpoint",
            description = "A signed note, C2SP tlog-checkpoint.")
    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> checkpoint() throws NoResourceFoundException {
        return text(found(log.latest().map(Note::toString), "/audit/log/checkpoint"));
    }

    @Operation(
            operationId = "listLogKeys",
            summary = "The public keys of the log",
            description = "A line each, as C2SP signed-note writes them, the oldest first.")
    @GetMapping(path = "/keys", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> keys() {
        return text(log.keys().stream().map(VerifierKey::toString).collect(Collectors.joining("\n", "", "\n")));
    }

    private static ResponseEntity<String> text(String text) {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noCache())
                .body(text);
    }

    @Operation(
            operationId = "readTile",
            summary = "Hashes of the tree",
            description = "C2SP tlog-tiles: 32 bytes each, 256 in a full tile.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE))
    @GetMapping(path = "/tile/{level}/{*tile}")
    ResponseEntity<byte[]> tile(@PathVariable String level, @PathVariable String tile) throws NoResourceFoundException {
        return bytes(level, tile, log::hashes, level + tile, forEver().cachePublic());
    }

    @Operation(
            operationId = "readEntries",
            summary = "Entries of the log",
            description = "C2SP tlog-tiles: up to 256 lines, each with its length before it in two bytes.")
    @Needs(Right.ENTRIES)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE))
    @GetMapping(path = "/tile/entries/{*tile}")
    ResponseEntity<byte[]> entries(@PathVariable String tile) throws NoResourceFoundException {
        var reader = Identity.current().author();
        var answer = bytes(
                "0",
                tile,
                t -> log.entries(t).map(LogEndpoint::bundle),
                "entries" + tile,
                forEver().cachePrivate());
        if (readers.asMap().putIfAbsent(reader, true) == null) accessLog.record(reader, new AuditEntriesRead());
        return answer;
    }

    private static byte[] bundle(Iterable<AuditLog.Leaf> entries) {
        var out = new ByteArrayOutputStream();
        for (var entry : entries) {
            out.write(entry.line().length >> Byte.SIZE);
            out.write(entry.line().length);
            out.writeBytes(entry.line());
        }
        return out.toByteArray();
    }

    /** What is in the log never changes. */
    private static CacheControl forEver() {
        return CacheControl.maxAge(Duration.ofDays(365)).immutable();
    }

    private static ResponseEntity<byte[]> bytes(
            String level, String tile, Function<Tile, Optional<byte[]>> read, String path, CacheControl caching)
            throws NoResourceFoundException {
        var bytes = Tile.parse(level, tile.replaceFirst("^/", "")).flatMap(read);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(caching)
                .body(found(bytes, PREFIX + path));
    }

    private static <T> T found(Optional<T> found, String path) throws NoResourceFoundException {
        return found.orElseThrow(() -> new NoResourceFoundException(HttpMethod.GET, path, path));
    }
}
