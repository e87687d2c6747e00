/** What Milepost costs, measured from outside: {@code ops/benchmark}. */
@NullMarked
package milepost.ops.benchmark;

import org.jspecify.annotations.NullMarked;
