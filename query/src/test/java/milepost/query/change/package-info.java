/** What two moments of one plan, or of all, come to when they are compared. */
@NullMarked
package milepost.query.change;

import org.jspecify.annotations.NullMarked;
