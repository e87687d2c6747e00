package milepost.log.axon;

import org.axonframework.common.AxonNonTransientException;

/** The fact's line would be longer than the log takes; nothing was stored. */
public final class FactTooLarge extends AxonNonTransientException {
    FactTooLarge(Throwable cause) {
        super("The fact is larger than the log takes", cause);
    }
}
