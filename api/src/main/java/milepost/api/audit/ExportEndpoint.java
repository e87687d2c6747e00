package milepost.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import milepost.api.identity.AccessFact.AuditExported;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.log.Moment;
import milepost.log.store.History;
import milepost.query.audit.AuditMismatch;
import milepost.query.audit.Bundle;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.NotYetSigned;
import milepost.query.audit.Note;
import milepost.query.audit.Reckoning;
import milepost.query.audit.Tile;
import milepost.query.audit.VerifierKey;
import milepost.query.audit.store.AuditLog;
import milepost.query.plan.Plan;
import milepost.query.plan.store.Plans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** All that is needed to verify the log without this server. */
@RestController
@Tag(name = "Audit")
class ExportEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ExportEndpoint.class);
    private static final int CHUNK = 500;
    private static final String MEDIA_TYPE = "application/zip";

    private final AuditLog log;
    private final History history;
    private final Plans plans;
    private final AccessLog accessLog;

    ExportEndpoint(AuditLog log, History history, Plans plans, AccessLog accessLog) {
        this.log = log;
        this.history = history;
        this.plans = plans;
        this.accessLog = accessLog;
    }

    @Operation(
            operationId = "exportLog",
            summary = "Export the whole log with its proof",
            description = "A zip: every fact's line, the hashes, the signed checkpoint and its keys, the plans as they"
                    + " stood then, and a program and instructions to verify them.")
    @Needs(Right.ENTRIES)
    @GetMapping(path = "/api/audit/export", produces = MEDIA_TYPE)
    ResponseEntity<StreamingResponseBody> export() {
        accessLog.record(Identity.current().author(), new AuditExported());
        var signed = log.latest().orElseThrow(() -> new NotYetSigned(0));
        var size = Checkpoint.parse(signed.text()).size();
        var name = ContentDisposition.attachment()
                .filename("milepost-audit-" + size + ".zip")
                .build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
                .body(out -> write(signed, size, out));
    }

    private void write(Note signed, long size, OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            for (var file : List.of(Bundle.README, Bundle.PROGRAM)) {
                put(zip, file, new ClassPathResource("audit/" + file).getContentAsByteArray());
            }
            put(zip, Bundle.CHECKPOINT, signed.toString().getBytes(UTF_8));
            var keys = log.keys();
            put(zip, Bundle.KEYS, lines(keys).getBytes(UTF_8));
            for (var key : keys) put(zip, Bundle.pem(key), key.pem().getBytes(UTF_8));
            var handovers = log.handovers(size).stream().map(Note::toString).collect(Collectors.joining("\n"));
            put(zip, Bundle.HANDOVERS, handovers.getBytes(UTF_8));
            history(zip, size);
            hashes(zip, size);
            put(zip, Bundle.RECKONING, (Reckoning.NOW.text + "\n").getBytes(UTF_8));
            plans(zip, size);
        }
    }

    private static String lines(List<VerifierKey> keys) {
        return keys.stream().map(key -> key + "\n").collect(Collectors.joining());
    }

    private static void put(ZipOutputStream zip, String file, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(file));
        zip.write(bytes);
    }

    /** What there is, whether it verifies or not. */
    private void history(ZipOutputStream zip, long size) throws IOException {
        zip.putNextEntry(new ZipEntry(Bundle.HISTORY));
        var after = 0L;
        while (after < size) {
            var leaves = log.leaves(after, (int) Math.min(CHUNK, size - after));
            if (leaves.isEmpty()) return;
            for (var leaf : leaves) {
                if (leaf.position() > size) return;
                zip.write(leaf.line());
                zip.write('\n');
                after = leaf.position();
            }
        }
    }

    private void hashes(ZipOutputStream zip, long size) throws IOException {
        zip.putNextEntry(new ZipEntry(Bundle.HASHES));
        for (var tile = 0L; tile * Tile.WIDTH < size; tile++) {
            var width = (int) Math.min(Tile.WIDTH, size - tile * Tile.WIDTH);
            var hashes = kept(new Tile(0, tile, width));
            if (hashes.isEmpty()) return;
            zip.write(hashes.get());
        }
    }

    /** Empty if some were lost: the bundle ends with what there is. */
    private Optional<byte[]> kept(Tile tile) {
        try {
            return log.hashes(tile);
        } catch (AuditMismatch e) {
            return Optional.empty();
        }
    }

    /** As the API shows each plan as of the last fact that is covered, on its day, by facts alone. */
    private void plans(ZipOutputStream zip, long size) throws IOException {
        zip.putNextEntry(new ZipEntry(Bundle.PLANS));
        for (var last : log.leaves(size - 1, 1)) {
            for (var plan : history.plans()) {
                var line = plan(plan, last);
                if (line.length == 0) continue;
                zip.write(line);
                zip.write('\n');
            }
        }
    }

    private byte[] plan(PlanId plan, AuditLog.Leaf last) {
        try {
            var at = last.entry().at();
            return plans.at(new Moment(at, null, null), plan)
                    .map(rows -> EventJson.MAPPER.writeValueAsBytes(Plan.on(Reckoning.NOW.day(at), rows)))
                    .orElse(new byte[0]);
        } catch (EventJson.Unreadable | AuditMismatch e) {
            LOG.error("The plan {} cannot be exported", plan, e);
            return EventJson.MAPPER.writeValueAsBytes(
                    Map.of("plan", plan, "unreadable", String.valueOf(e.getMessage())));
        }
    }
}
