package milepost.log.axon;

import org.axonframework.common.AxonNonTransientException;

/** The database was lost before it answered: the facts may be stored or not, and only an idempotency key makes a retry safe. */
public final class OutcomeUnknown extends AxonNonTransientException {
    OutcomeUnknown(Throwable cause) {
        super("Whether the facts were stored is not known", cause);
    }
}
