/** What two moments of one plan, or of all, come to when they are compared. */
@NullMarked
package milepost.query.past;

import org.jspecify.annotations.NullMarked;
