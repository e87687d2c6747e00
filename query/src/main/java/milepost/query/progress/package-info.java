/** The indicators over time: the series of a chart. */
@NullMarked
package milepost.query.progress;

import org.jspecify.annotations.NullMarked;
