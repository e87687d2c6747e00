/**
 * The read side, facts in and answers out: {@code plan} is where plans stand, {@code timeline} their story, {@code
 * past} moments compared and replayed, {@code metric} every number, {@code audit} the proofs, {@code projection}
 * how tables are kept.
 */
@NullMarked
package milepost.query;

import org.jspecify.annotations.NullMarked;
