/** Comparisons over HTTP. */
@NullMarked
package milepost.api.change;

import org.jspecify.annotations.NullMarked;
