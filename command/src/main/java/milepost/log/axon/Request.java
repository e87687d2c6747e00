package milepost.log.axon;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One command's facts on their way: all of them are stored, or none. */
final class Request {
    private final List<LogRow> facts;
    private final Consumer<List<Place>> stored;
    private final long deadline;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private boolean inDoubt;

    Request(List<LogRow> facts, Consumer<List<Place>> stored, Duration patience) {
        this.facts = List.copyOf(facts);
        this.stored = stored;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    List<LogRow> facts() {
        return facts;
    }

    /** Its facts are where this says of all of them by event id. */
    void settle(Map<String, Place> places) {
        try {
            stored.accept(facts.stream()
                    .map(fact -> Objects.requireNonNull(places.get(fact.eventId())))
                    .toList());
        } finally {
            settle(new Outcome.Stored());
        }
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
