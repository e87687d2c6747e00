package milepost.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import milepost.api.http.Links;
import milepost.api.http.Moments;
import milepost.api.http.When;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.PlanId;
import milepost.log.Moment;
import milepost.log.store.History;
import milepost.query.audit.Certificate;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Hash;
import milepost.query.audit.NotYetSigned;
import milepost.query.audit.Note;
import milepost.query.audit.store.AuditLog;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proofs that a fact is in the log, and that the log has only grown. */
@RestController
@Needs(Right.HISTORY)
@RequestMapping("/audit/proof")
@Tag(name = "Audit")
class ProofEndpoint {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final AuditLog log;
    private final History history;
    private final Moments moments;

    ProofEndpoint(AuditLog log, History history, Moments moments) {
        this.log = log;
        this.history = history;
        this.moments = moments;
    }

    /**
     * That a fact is in the log; hashes in Base64.
     *
     * @param index of the fact in the log, from 0
     * @param leaf SHA-256 of a zero byte and the fact's line
     * @param hashes from the leaf's sibling to the root's child, RFC 9162, section 2.1.3
     * @param checkpoint a signed note of the log of {@code size} facts
     */
    record Inclusion(
            PlanId plan, long version, long index, String leaf, long size, List<String> hashes, String checkpoint) {}

    /** That the log of {@code to} facts holds that of {@code from}: RFC 9162, section 2.1.4. */
    record Consistency(long from, long to, List<String> hashes) {}

    @Operation(operationId = "proveInclusion", summary = "Prove that a fact is in the log")
    @GetMapping(path = "/inclusion", produces = MediaType.APPLICATION_JSON_VALUE)
    Inclusion inclusion(@RequestParam PlanId plan, @RequestParam long version) {
        var certificate = prove(plan, version);
        return new Inclusion(
                plan,
                version,
                certificate.index(),
                Hash.leaf(certificate.line()).toString(),
                Checkpoint.parse(certificate.checkpoint().text()).size(),
                certificate.path().stream().map(Hash::toString).toList(),
                certificate.checkpoint().toString());
    }

    @Operation(
            operationId = "certifyFact",
            summary = "Certify a fact",
            description = "The fact, its inclusion proof and the signed checkpoint in one text, C2SP tlog-proof, to be"
                    + " verified offline with the log's public key.")
    @GetMapping(path = "/certificate", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> certificate(@RequestParam PlanId plan, @RequestParam long version) {
        var name = ContentDisposition.attachment()
                .filename(plan + "-" + version + ".tlog-proof")
                .build();
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
                .body(prove(plan, version).toString());
    }

    @Operation(
            operationId = "proveConsistency",
            summary = "Prove that the log has only grown",
            description = "from and to are sizes of the log; to is that of the last checkpoint unless told otherwise.")
    @GetMapping(path = "/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    Consistency consistency(
            @Parameter(description = "The size of the earlier log, in facts.", example = "1") @RequestParam long from,
            @Parameter(description = "The size of the later one; that of the last checkpoint unless given.")
                    @RequestParam(required = false)
                    @Nullable
                    Long to) {
        var size = log.behind().size();
        var last = to == null ? size : to;
        if (from < 0 || from > last) throw Links.refused("from", "is the size of an earlier log, from 0 to " + last);
        if (last > size) throw Links.refused("to", "is at most that of the last checkpoint, " + size);
        return new Consistency(
                from,
                last,
                log.tree().consistency(from, last).stream().map(Hash::toString).toList());
    }

    /** What does not verify is not handed out: see {@link Certificate#verify}. */
    private Certificate prove(PlanId plan, long version) {
        var when = moments.of(new When(null, version, null), plan);
        var fact = Moments.known(history.fact(plan, when.version()), plan, Moment.NOW);
        var signed = signed(fact.position());
        var size = Checkpoint.parse(signed.text()).size();
        var index = fact.position() - 1;
        var line = log.leaves(index, 1).getFirst().line();
        var certificate = new Certificate(line, index, log.tree().inclusion(index, size), signed);
        certificate.verify(Set.copyOf(log.keys()));
        return certificate;
    }

    /** A checkpoint that covers the position; what was recorded a moment ago is waited for. */
    private Note signed(long position) {
        for (var waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
            var behind = log.behind();
            if (behind.size() >= position) return log.latest().orElseThrow();
            if (waited.compareTo(PATIENCE) >= 0) throw new NotYetSigned(behind.size());
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotYetSigned(behind.size());
            }
        }
    }
}
