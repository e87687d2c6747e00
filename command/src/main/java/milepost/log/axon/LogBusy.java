package milepost.log.axon;

import org.axonframework.common.AxonTransientException;
import org.jspecify.annotations.Nullable;

/** The log cannot take more now; nothing was stored, and later it may be. */
public final class LogBusy extends AxonTransientException {
    public LogBusy(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
