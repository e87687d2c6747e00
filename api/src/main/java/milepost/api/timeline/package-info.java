/** Timelines over HTTP. */
@NullMarked
package milepost.api.timeline;

import org.jspecify.annotations.NullMarked;
