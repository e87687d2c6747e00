/** The read side: facts in, answers out. */
@NullMarked
package milepost.query;

import org.jspecify.annotations.NullMarked;
