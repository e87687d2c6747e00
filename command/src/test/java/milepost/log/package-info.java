/** What a question about the past leaves of a record. */
@NullMarked
package milepost.log;

import org.jspecify.annotations.NullMarked;
