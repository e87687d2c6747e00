package milepost.query.audit.store;

import java.util.List;
import milepost.query.audit.AuditMismatch;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Entry;
import milepost.query.audit.Hash;
import milepost.query.audit.MerkleTree;
import milepost.query.audit.Notary;
import milepost.query.audit.Note;
import milepost.query.audit.store.AuditLog.Leaf;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings recorded facts into the tree in their order, and signs what it has become: all in one transaction, by one node
 * at a time. It goes on from what was signed before, or not at all.
 */
@Component
public class Integrator {
    private static final int BATCH = 4096;
    private static final Checkpoint NOTHING = new Checkpoint("", 0, Hash.empty());

    private final AuditLog log;
    private final Notary notary;
    private final Findings findings;
    private volatile boolean stopped;

    Integrator(AuditLog log, Notary notary, Findings findings) {
        this.log = log;
        this.notary = notary;
        this.findings = findings;
    }

    /**
     * Integrates and signs the next facts.
     *
     * @return whether there may be more to do at once
     * @throws AuditMismatch if the database is not what was signed, or its next facts are not in order; nothing is signed
     */
    @Transactional
    public boolean step() {
        if (notary.keys().isEmpty() || !log.takeTurn()) return false;
        try {
            var integrated = integrate();
            stopped = false;
            findings.well(Integrator.class);
            return integrated == BATCH;
        } catch (AuditMismatch | Note.Refused e) {
            stopped = true;
            findings.wrong(Integrator.class, "nothing more is signed: " + e.getMessage());
            throw e;
        }
    }

    /** Whether something is wrong with what comes next. */
    public boolean isStopped() {
        return stopped;
    }

    private int integrate() {
        var head = log.verified().map(note -> Checkpoint.parse(note.text())).orElse(NOTHING);
        var signed = notary.signed();
        if (!log.tree().root(head.size()).equals(head.root())) {
            throw new AuditMismatch("the hashes in the database are not those of its checkpoint of " + head.size());
        }
        var next = next(head.size());
        var size = head.size() + next.size();
        if (signed.isPresent() && signed.get().size() > size) {
            throw new AuditMismatch("a log of %s facts was signed, and the database has %s: it was rolled back"
                    .formatted(signed.get().size(), size));
        }
        if (!next.isEmpty()) {
            log.append(head.size(), next.stream().map(Leaf::hash).toList());
        }
        var tree = log.tree();
        signed.ifPresent(before -> unchanged(before, tree));
        if (!next.isEmpty()) log.append(size, notary.sign(size, tree.root(size)));
        return next.size();
    }

    private static void unchanged(Checkpoint signed, MerkleTree tree) {
        if (!tree.root(signed.size()).equals(signed.root())) {
            throw new AuditMismatch(
                    "the first %s facts are not those that were signed: the database was changed, or it is another one"
                            .formatted(signed.size()));
        }
    }

    /** The next lines, each of which must follow the one before. */
    private List<Leaf> next(long size) {
        var next = log.leaves(size, BATCH);
        var before = size == 0
                ? null
                : log.leaves(size - 1, 1).stream()
                        .map(Integrator::inPlace)
                        .findFirst()
                        .orElse(null);
        for (var leaf : next) {
            before = follows(before, leaf);
            checkKey(before);
        }
        return next;
    }

    /** A checkpoint that introduces a key hands over to it, so it is for a node that signs with that key, too. */
    private void checkKey(Entry entry) {
        var introduced = entry.introducedKey();
        if (introduced.isEmpty() || notary.keys().contains(introduced.get())) return;
        throw new AuditMismatch(entry + " introduces a key that this node does not have: " + introduced.get());
    }

    /** The line, read, if it is right behind the one before, in place and in time. */
    static Entry follows(@Nullable Entry before, Leaf leaf) {
        var expected = before == null ? 1 : before.position() + 1;
        if (leaf.position() != expected) {
            throw new AuditMismatch("position %s is missing; %s comes next".formatted(expected, leaf.entry()));
        }
        var entry = inPlace(leaf);
        if (before != null && !entry.at().isAfter(before.at())) {
            throw new AuditMismatch("%s was recorded at %s, before the fact in front of it: it is back-dated"
                    .formatted(entry, entry.at()));
        }
        return entry;
    }

    private static Entry inPlace(Leaf leaf) {
        var entry = leaf.entry();
        if (entry.position() == leaf.position()) return entry;
        throw new AuditMismatch("%s stands at position %s".formatted(entry, leaf.position()));
    }
}
