/** The log, read again: what the record said at a moment. */
@NullMarked
package milepost.log.store;

import org.jspecify.annotations.NullMarked;
