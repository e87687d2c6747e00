/** The table {@code event_log}: read by plan and by position, with its clock and its size; only {@code milepost.log} names it. */
@NullMarked
package milepost.log.store;

import org.jspecify.annotations.NullMarked;
