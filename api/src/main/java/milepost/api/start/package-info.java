/** What Milepost says when it cannot start, and the ports it starts on. */
@NullMarked
package milepost.api.start;

import org.jspecify.annotations.NullMarked;
