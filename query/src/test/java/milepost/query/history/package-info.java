/** What a question about the past leaves of a record. */
@NullMarked
package milepost.query.history;

import org.jspecify.annotations.NullMarked;
