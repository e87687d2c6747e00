/**
 * What the operator sees and does: health, traces, how far a build is, rebuilds, dead letters; numbers are in
 * {@code milepost.query.metric}.
 */
@NullMarked
package milepost.api.operate;

import org.jspecify.annotations.NullMarked;
