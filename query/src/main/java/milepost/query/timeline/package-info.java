/** A plan's story, readable. */
@NullMarked
package milepost.query.timeline;

import org.jspecify.annotations.NullMarked;
