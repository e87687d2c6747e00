/** Where a plan stands, and all of them added up: its rows, its numbers. */
@NullMarked
package milepost.query.plan;

import org.jspecify.annotations.NullMarked;
