package milepost.query.projection;

import java.util.List;

/** Keeps the rows of one read model; new facts, late ones, retractions, repeated deliveries and rebuilds are all the same to it. */
public interface Projection {
    /** The name of its processor. */
    String name();

    /** The tables it alone writes; the first has one row a plan, with the {@code version} the rows are of. */
    List<String> tables();

    /**
     * Brings rows to what records say, in the caller's transaction.
     *
     * @param news at most one of each plan
     * @param schema of the tables, with a point behind it; empty for the live ones
     */
    void write(List<News> news, String schema);
}
