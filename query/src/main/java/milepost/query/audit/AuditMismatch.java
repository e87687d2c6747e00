package milepost.query.audit;

/** The log is not what it was, or not what it says; the message names the fact. */
public final class AuditMismatch extends RuntimeException {
    public AuditMismatch(String message) {
        super(message);
    }
}
