package milepost.query.audit;

/** A fact that no signed checkpoint covers yet; it is a matter of seconds, or of a node that has the key. */
public final class NotYetSigned extends RuntimeException {
    public NotYetSigned(long size) {
        super("The log was signed up to its first %s facts, and what you ask for is behind them; try again in a moment."
                .formatted(size));
    }
}
