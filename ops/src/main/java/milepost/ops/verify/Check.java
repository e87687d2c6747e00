package milepost.ops.verify;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import milepost.query.audit.Bundle;
import milepost.query.audit.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks a bundle, one thing after another.
 *
 * @param given keys that the auditor trusts
 * @param kept what the auditor has from earlier
 * @param witness asked once something is wrong
 * @param out is told what is right
 */
record Check(
        Archive archive, List<VerifierKey> given, @Nullable Kept kept, Witness witness, Consumer<String> out) {
    /**
     * What was right.
     *
     * @param trusted the keys that may sign what the log becomes
     */
    record Found(Folds folds, Set<VerifierKey> trusted) {}

    /** @throws Wrong at the first thing that is wrong */
    Found run() {
        say("bundle", archive.lines().size() + " lines, " + archive.keys().size() + " keys; every file is whole");
        checkHashes(); // before the keys: they are of the lines, too
        var signers = signers();
        var streams = streams();
        checkRoot();
        var trusted = trusted(signers, streams);
        if (kept != null) checkKept(kept);
        var folds = new Folds(archive, streams, witness);
        say("plans", folds.check() + " folded from their facts, each as " + Bundle.PLANS + " has it");
        return new Found(folds, trusted);
    }

    private void say(String what, String found) {
        out.accept("%-10s %s: ok".formatted(what, found));
    }

    private void checkHashes() {
        if (archive.hasSignedRoot() && !archive.hashes().equals(archive.lines().leaves())) {
            throw new Wrong(
                    Bundle.HASHES + " is not of the lines, though the lines are what was signed: export it again");
        }
        new Comparison(archive.lines(), archive.hashes(), "the log's tree", this::missing).check();
    }

    private Set<VerifierKey> signers() {
        var checkpoint = archive.checkpoint();
        var signers = Trust.signers("the checkpoint", archive.note(), archive.keys());
        if (signers.stream().noneMatch(key -> key.name().equals(checkpoint.origin()))) {
            throw new Wrong("the checkpoint is of the log " + checkpoint.origin() + ", but is signed by " + signers);
        }
        if (kept != null && !kept.checkpoint().origin().equals(checkpoint.origin())) {
            throw new Wrong("the kept checkpoint is of another log: "
                    + kept.checkpoint().origin() + ", not " + checkpoint.origin());
        }
        say("signature", "the checkpoint of " + checkpoint.size() + " entries is signed by " + signers);
        return signers;
    }

    private Streams streams() {
        var lines = archive.lines();
        if (kept != null) checkNotRolledBack(kept);
        var streams = Streams.inOrder(lines, this::missing);
        var signed = archive.checkpoint().size();
        var hashes = archive.hashes().size();
        if (lines.size() > hashes && signed > hashes) {
            throw new Wrong(Bundle.HASHES + " was cut off: it has " + hashes + " of the " + signed
                    + " that the checkpoint signs, and the lines, which are " + lines.size()
                    + ", are not what was signed");
        }
        if (lines.size() > hashes) {
            throw new Wrong(lines.name(hashes + 1L) + " was put in: the log's tree ends before it");
        }
        if (lines.size() < signed) {
            throw new Wrong(missing(lines.size() + 1) + " is missing: the log has " + lines.size()
                    + " entries, but its checkpoint signs " + signed);
        }
        if (lines.size() > signed) throw new Wrong(lines.name(signed + 1) + " was put in: it is not signed");
        say("lines", lines.size() + " in order of position, version and time, each as the log's tree holds it");
        return streams;
    }

    private void checkNotRolledBack(Kept kept) {
        if (kept.archive() != null) {
            var known = kept.archive().lines();
            new Comparison(archive.lines(), known.leaves(), "the kept bundle", known::name).check();
        } else if (kept.checkpoint().size() > archive.checkpoint().size()) {
            throw new Wrong("the log has " + archive.checkpoint().size() + " entries, the kept checkpoint "
                    + kept.checkpoint().size() + ": rolled back");
        }
    }

    private String missing(long position) {
        var versions = new TreeMap<>(Folds.versions(archive));
        witness.versions().forEach((stream, version) -> versions.merge(stream, version, Math::max));
        return Streams.missing(archive.lines(), position, versions);
    }

    private void checkRoot() {
        if (!archive.hasSignedRoot()) {
            var lines = archive.lines();
            throw new Wrong("the lines are not what was signed: their root is " + lines.root(lines.size()) + ", not "
                    + archive.checkpoint().root() + "; " + Bundle.HASHES
                    + " was made to fit them, so only a kept bundle (--checkpoint) can name the entry");
        }
        say("root", archive.checkpoint().root() + " recomputed from the lines");
    }

    private Set<VerifierKey> trusted(Set<VerifierKey> signers, Streams streams) {
        var trusted = new Trust(archive.keys(), anchors()).trusted(archive, streams);
        if (signers.stream().noneMatch(trusted::contains)) {
            throw new Wrong("the checkpoint is signed by " + signers + ", and no trusted key has handed over to it:"
                    + " ask the operator for the log's key, and pass it with --key");
        }
        say("keys", trusted.size() + " of " + archive.keys().size() + " trusted, " + reason());
        if (given.isEmpty() && kept == null) {
            out.accept("           compare " + archive.keys().getFirst()
                    + " with the key that was published (GET /audit/log/keys), and pass it with --key from now on");
        }
        return trusted;
    }

    private Set<VerifierKey> anchors() {
        if (!given.isEmpty()) return new LinkedHashSet<>(given);
        if (kept == null) return Set.of(archive.keys().getFirst());
        var keys = new LinkedHashSet<>(archive.keys());
        return Trust.signers("the kept checkpoint", kept.note(), keys);
    }

    private String reason() {
        if (!given.isEmpty()) return "by --key";
        return kept == null ? "on first use" : "by the kept checkpoint";
    }

    private void checkKept(Kept kept) {
        Trust.signers("the kept checkpoint", kept.note(), archive.keys());
        var size = kept.checkpoint().size();
        if (!archive.lines().root(size).equals(kept.checkpoint().root())) {
            throw new Wrong(
                    "the first " + size + " entries are not those of the kept checkpoint: one of them was altered;"
                            + " which one cannot be told from its root alone, only from a kept bundle");
        }
        say("kept", "the checkpoint of " + size + " entries is the beginning of this log");
    }
}
