/** Milestones over HTTP. */
@NullMarked
package milepost.api.milestone;

import org.jspecify.annotations.NullMarked;
