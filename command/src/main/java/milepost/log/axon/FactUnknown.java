package milepost.log.axon;

import org.axonframework.common.AxonNonTransientException;

/** A plan's stream has a fact that this version does not know: nothing is decided on the rest. */
public final class FactUnknown extends AxonNonTransientException {
    FactUnknown(String plan, String type) {
        super("No fact is called '" + type + "'; the stream of '" + plan + "' has one");
    }
}
