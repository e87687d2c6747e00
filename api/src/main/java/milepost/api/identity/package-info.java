/** Who asks, what they may, the one place that decides, and the log of what was refused and allowed. */
@NullMarked
package milepost.api.identity;

import org.jspecify.annotations.NullMarked;
