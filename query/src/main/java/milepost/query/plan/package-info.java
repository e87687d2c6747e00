/** Where a plan stands: its rows, its numbers. */
@NullMarked
package milepost.query.plan;

import org.jspecify.annotations.NullMarked;
