package milepost.query.audit.store;

import static milepost.query.audit.Tile.HEIGHT;
import static milepost.query.audit.Tile.WIDTH;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import milepost.query.audit.AuditMismatch;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Entry;
import milepost.query.audit.GrowingTree;
import milepost.query.audit.Notary;
import milepost.query.audit.Note;
import milepost.query.audit.store.AuditLog.Leaf;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Derives the tree again from the log's lines, some at a time, and compares all there is to compare. */
@Component
public class SelfCheck {
    private static final int STEP = 1024; // whole tiles

    private final AuditLog log;
    private final Notary notary;
    private final Findings findings;
    private @Nullable Pass pass;

    SelfCheck(AuditLog log, Notary notary, Findings findings) {
        this.log = log;
        this.notary = notary;
        this.findings = findings;
    }

    /** Once through the log, as far as it was signed when the pass began. */
    private static final class Pass {
        final Note note;
        final Checkpoint head;
        final Optional<Checkpoint> signed;
        final GrowingTree tree = new GrowingTree();
        final Map<String, Long> versions = new HashMap<>();

        @Nullable
        Entry last;

        Pass(Note note, Optional<Checkpoint> signed) {
            this.note = note;
            this.head = Checkpoint.parse(note.text());
            this.signed = signed;
        }
    }

    /**
     * Checks the next facts.
     *
     * @return whether the pass is over, well or not
     */
    public boolean step() {
        var current = pass;
        pass = null; // unless this step goes well
        try {
            if (current == null) {
                var head = log.verified();
                if (head.isEmpty()) return false;
                current = new Pass(head.get(), notary.signed());
            }
            if (!isOver(current)) {
                pass = current;
                return false;
            }
            notary.signed().ifPresent(this::isThere);
            notary.keep(current.note);
            findings.checked();
            findings.well(SelfCheck.class);
        } catch (AuditMismatch | Note.Refused e) {
            findings.wrong(SelfCheck.class, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private boolean isOver(Pass pass) {
        var from = pass.tree.size();
        var limit = (int) Math.min(STEP, pass.head.size() - from);
        var tiles = log.tiles();
        for (var leaf : log.leaves(from, limit)) check(pass, leaf, tiles);
        if (pass.tree.size() < from + limit) {
            throw new AuditMismatch("the facts after position %s are missing".formatted(pass.tree.size()));
        }
        for (var contradiction : log.contradictions(from, limit)) throw new AuditMismatch(contradiction);
        if (pass.tree.size() < pass.head.size()) return false;
        same(pass.head, pass.tree);
        return true;
    }

    private static void check(Pass pass, Leaf leaf, Tiles tiles) {
        var hash = leaf.hash();
        var entry = Integrator.follows(pass.last, leaf);
        if (!tiles.at(0, leaf.position() - 1).equals(hash)) {
            throw new AuditMismatch(entry + " was changed since it came into the log");
        }
        var version = pass.versions.merge(entry.stream(), 1L, Long::sum);
        if (entry.version() != version) {
            throw new AuditMismatch(
                    "%s version %s is missing; %s comes next".formatted(entry.stream(), version, entry));
        }
        pass.last = entry;
        pass.tree.add(hash);
        pass.signed.filter(signed -> signed.size() == pass.tree.size()).ifPresent(signed -> same(signed, pass.tree));
        levels(pass.tree.size(), tiles);
    }

    /** Each tile that is full here has its root in the level above. */
    private static void levels(long size, Tiles tiles) {
        var level = 0;
        for (var hashes = size; hashes % WIDTH == 0; level++) {
            hashes /= WIDTH;
            var above = HEIGHT * (level + 1);
            if (!tiles.at(above, hashes - 1).equals(tiles.root(level, hashes - 1))) {
                throw new AuditMismatch("a hash of level %s of the tree was changed".formatted(level + 1));
            }
        }
    }

    private void isThere(Checkpoint signed) {
        var facts = log.facts();
        if (facts < signed.size()) {
            throw new AuditMismatch("a log of %s facts was signed, and the database has %s: it was rolled back"
                    .formatted(signed.size(), facts));
        }
    }

    private static void same(Checkpoint signed, GrowingTree tree) {
        if (!tree.root().equals(signed.root())) {
            throw new AuditMismatch("the first %s facts are not those that were signed".formatted(signed.size()));
        }
    }
}
