package milepost.query.projection;

import java.util.List;
import milepost.event.PlanId;

/**
 * Keeps the rows of one read model. Its one operation folds a plan's whole record again, so that new facts, late ones,
 * retractions, repeated deliveries and rebuilds are all the same to it.
 */
public interface Projection {
    /** The name of its processor. */
    String name();

    /** The tables it alone writes; the first has one row a plan, with the {@code version} the rows are of. */
    List<String> tables();

    /** Brings the plan's rows to what the log says now, in the caller's transaction. */
    void refresh(PlanId plan);
}
