package milepost.ops.verify;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import milepost.event.PlanId;
import milepost.log.Moment;
import milepost.log.StreamName;
import milepost.ops.verify.Served.Newer;
import milepost.plan.PlanRecord;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Hash;
import milepost.query.audit.MerkleTree;
import milepost.query.audit.Note;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what a server answers now with a bundle that was found right.
 *
 * @param pause before it is asked again
 */
record Live(Served served, Clock clock, Duration pause, Archive archive, Check.Found found, Consumer<String> out) {
    /**
     * Everything.
     *
     * @throws Newer if a plan has more facts than the bundle
     * @throws Wrong at the first difference
     */
    void check() {
        checkListed();
        var plans = found.folds().streams().plans();
        plans.forEach(plan -> twice(() -> difference(plan)));
        say("served", plans.size() + " plans, each as its facts say");
        plans.forEach(this::checkReplay);
        say("replayed", plans.size() + " plans, each step as its fact says");
        plans.forEach(plan -> twice(() -> timeline(plan)));
        say("listed", plans.size() + " plans and their timelines, as their facts say");
        checkPublished();
    }

    private void say(String what, String found) {
        out.accept("%-10s %s: ok".formatted(what, found));
    }

    private void checkListed() {
        var known = found.folds().streams().byStream();
        for (var stream : served.versions().keySet()) {
            if (!known.containsKey(stream)) throw new Newer(stream);
        }
        twice(this::list);
    }

    /** Asks again once: rows may lag a moment behind the log, and midnight may have passed. */
    private void twice(Supplier<Optional<String>> question) {
        if (question.get().isEmpty()) return;
        Server.pause(pause);
        question.get().ifPresent(again -> {
            throw new Wrong(again);
        });
    }

    /** Each plan is in the list with what its own page says, but for its parts. */
    private Optional<String> list() {
        var listed = served.listed();
        for (var plan : found.folds().streams().plans()) {
            var folded = found.folds().plan(plan, null, Moment.day(clock.instant()));
            if (folded.isEmpty()) continue;
            var row = listed.get(StreamName.of(plan));
            if (row == null) return Optional.of(StreamName.of(plan) + " is in the log and not in the list of plans");
            if (Served.version(row) > Served.version(folded.get())) {
                throw new Newer(StreamName.of(plan) + " version " + Served.version(row));
            }
            var whole = ((ObjectNode) folded.get()).retain(row.propertyNames());
            var difference = Differences.first("the list of plans", row, whole);
            if (difference.isPresent()) {
                return Optional.of(StreamName.of(plan) + " is not listed as its facts say: " + difference.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> timeline(PlanId plan) {
        return served.difference(plan, PlanRecord.of(found.folds().recorded(plan)));
    }

    private Optional<String> difference(PlanId plan) {
        var folded = found.folds().plan(plan, null, Moment.day(clock.instant()));
        var answer = served.server().json("/api/plans/" + plan);
        if (folded.isEmpty() || answer.isEmpty()) {
            return folded.isEmpty() == answer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(StreamName.of(plan) + " is "
                            + (answer.isEmpty()
                                    ? "in the log and not served"
                                    : "served, but its facts do not open it"));
        }
        var name = StreamName.of(plan) + " version " + Served.version(answer.get());
        if (Served.version(answer.get()) > Served.version(folded.get())) throw new Newer(name);
        return Served.version(answer.get()) < Served.version(folded.get())
                ? Optional.of(name + " is served, though the log has version " + Served.version(folded.get()))
                : Differences.first("what is served", answer.get(), folded.get())
                        .map(difference -> name + " is not served as its facts say: " + difference);
    }

    private void checkReplay(PlanId plan) {
        served.difference(plan, found.folds().recorded(plan)).ifPresent(difference -> {
            throw new Wrong(difference);
        });
    }

    private void checkPublished() {
        var note = served.server()
                .text("/audit/log/checkpoint")
                .map(Note::parse)
                .orElseThrow(() -> new Wrong("the log publishes no checkpoint"));
        Trust.signers("the published checkpoint", note, found.trusted());
        var published = Checkpoint.parse(note.text());
        if (!published.origin().equals(archive.checkpoint().origin()) || !isConsistent(published)) {
            throw new Wrong("the published checkpoint of " + published.size() + " entries and the bundle's of "
                    + archive.checkpoint().size() + " are not of one log");
        }
        say("published", "the checkpoint of " + published.size() + " entries is of the same log");
    }

    private boolean isConsistent(Checkpoint published) {
        var own = archive.checkpoint();
        if (published.size() <= own.size())
            return archive.lines().root(published.size()).equals(published.root());
        var path = "/audit/proof/consistency?from=" + own.size() + "&to=" + published.size();
        var proof = served.server().json(path).orElseThrow(() -> new Unusable("the server has no " + path));
        return MerkleTree.isConsistent(
                own.size(), own.root(), published.size(), published.root(), hashes(proof.path("hashes")));
    }

    private static List<Hash> hashes(JsonNode proof) {
        var hashes = new ArrayList<Hash>();
        try {
            for (var hash : proof) hashes.add(Hash.parse(hash.asString("")));
            return hashes;
        } catch (IllegalArgumentException e) {
            throw new Wrong("the proof of consistency is garbled: " + e.getMessage());
        }
    }
}
