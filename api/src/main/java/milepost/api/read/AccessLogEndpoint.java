package milepost.api.read;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import milepost.api.http.Links;
import milepost.api.identity.AccessFact.AccessLogExported;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.log.StreamName;
import org.jspecify.annotations.Nullable;
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
    private final StoredLines lines;
    private final AccessLog accessLog;

    AccessLogEndpoint(StoredLines lines, AccessLog accessLog) {
        this.lines = lines;
        this.accessLog = accessLog;
    }

    @Operation(
            summary = "Read the access log, in pages",
            description = "order is desc (the newest first, unless told otherwise) or asc.")
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    StoredLines.Page read(
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        if (order != null && !order.equals("asc") && !order.equals("desc")) {
            throw Links.refused("order", "is asc or desc");
        }
        return lines.page(StreamName.ACCESS, limit, after, !"asc".equals(order));
    }

    @Operation(summary = "Stream the access log", description = "One fact a line (NDJSON), the oldest first.")
    @GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
    ResponseEntity<StreamingResponseBody> stream() {
        accessLog.record(Identity.current().author(), new AccessLogExported());
        return lines.all(StreamName.ACCESS);
    }
}
