/**
 * The table {@code event_log}: read by plan, as records that are kept, and by position; searched by a request's key;
 * its clock and its size; and the access log's own appends. Who else names it, {@code LogHomeTest} lists.
 */
@NullMarked
package milepost.log.store;

import org.jspecify.annotations.NullMarked;
