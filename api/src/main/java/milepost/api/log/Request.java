package milepost.api.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** One command's facts on their way: all of them are stored, or none. */
final class Request {
    private final List<Fact> facts;
    private final long deadline;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private boolean inDoubt;

    Request(List<Fact> facts, Duration patience) {
        this.facts = List.copyOf(facts);
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    List<Fact> facts() {
        return facts;
    }

    /** Where its own facts are, of all by event id. */
    List<Place> at(Map<String, Place> places) {
        return facts.stream()
                .map(fact -> Objects.requireNonNull(places.get(fact.eventId())))
                .toList();
    }

    boolean isOverdue() {
        return System.nanoTime() - deadline >= 0;
    }

    /** An attempt was made whose end was not seen; from now on the log must be asked before another. */
    void doubt() {
        inDoubt = true;
    }

    boolean isInDoubt() {
        return inDoubt;
    }

    void settle(Outcome settled) {
        outcome.complete(settled);
    }

    /** Gives up, and says truly what is known. */
    void giveUp(Throwable cause) {
        settle(inDoubt ? new Outcome.Unknown(cause) : new Outcome.NotStored(cause));
    }

    /** Waits for the outcome, also through interrupts: the writer has promised one. */
    Outcome await() {
        return outcome.join();
    }
}
