/** What the operator sees and does: metrics, rebuilds, dead letters. */
@NullMarked
package milepost.api.operator;

import org.jspecify.annotations.NullMarked;
