/** A plan and the network over time: step by step, as the series of a chart, and at two moments compared. */
@NullMarked
package milepost.query.past;

import org.jspecify.annotations.NullMarked;
