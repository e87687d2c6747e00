/** What the operator sees and does: metrics, health, traces, rebuilds, dead letters. */
@NullMarked
package milepost.api.operate;

import org.jspecify.annotations.NullMarked;
