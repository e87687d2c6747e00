/** Replays over HTTP. */
@NullMarked
package milepost.api.replay;

import org.jspecify.annotations.NullMarked;
