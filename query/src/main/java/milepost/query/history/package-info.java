/** The log, read again: what the record said at a moment. */
@NullMarked
package milepost.query.history;

import org.jspecify.annotations.NullMarked;
