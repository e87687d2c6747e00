/** How much of something one may do in a while. */
@NullMarked
package milepost.api.limit;

import org.jspecify.annotations.NullMarked;
