/** The access log: who signed in, what was refused, who was allowed what; facts on a stream of their own. */
@NullMarked
package milepost.api.access;

import org.jspecify.annotations.NullMarked;
