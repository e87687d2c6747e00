package milepost.ops.verify;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import milepost.query.audit.Bundle;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Note;
import milepost.query.audit.VerifierKey;

/**
 * Which of a log's keys may be trusted: the ones it begins with, and each further one that an older trusted one handed
 * over to. An older one is not trusted for the newer one's sake: it may have been given up for a reason.
 *
 * @param keys all that the log names, the oldest first
 * @param anchors those trusted for a reason outside the log
 */
record Trust(List<VerifierKey> keys, Set<VerifierKey> anchors) {
    /**
     * Who signed a note.
     *
     * @throws Wrong if it was none of these keys
     */
    static Set<VerifierKey> signers(String what, Note note, Collection<VerifierKey> keys) {
        try {
            return note.signedBy(new LinkedHashSet<>(keys));
        } catch (Note.Refused e) {
            throw new Wrong(what + ": " + e.getMessage());
        }
    }

    /**
     * Follows the handovers.
     *
     * @throws Wrong at one whose tree is not the log's
     */
    Set<VerifierKey> trusted(Archive archive, Streams streams) {
        var trusted = new LinkedHashSet<>(anchors);
        for (var key : keys) {
            if (trusted.contains(key)) continue;
            for (var note : archive.handovers()) {
                var signers = signers(Bundle.HANDOVERS, note, keys);
                var older = signers.stream().filter(trusted::contains).filter(signer -> streams.isOlder(signer, key));
                if (!signers.contains(key) || older.findAny().isEmpty()) continue;
                checkHandover(key, Checkpoint.parse(note.text()), archive, streams);
                trusted.add(key);
            }
        }
        return trusted;
    }

    private static void checkHandover(VerifierKey key, Checkpoint handover, Archive archive, Streams streams) {
        var size = handover.size();
        if (!handover.origin().equals(archive.checkpoint().origin())
                || size > archive.lines().size()
                || !archive.lines().root(size).equals(handover.root())) {
            throw new Wrong("the handover to key " + key + " is not of this log: its first " + size
                    + " entries have another root");
        }
        var introduced = streams.introduced().get(key.toString());
        if (introduced == null || introduced > size) {
            throw new Wrong("key " + key + " was handed over to, but no " + Bundle.KEY_INTRODUCED + " among the first "
                    + size + " entries introduces it");
        }
    }
}
