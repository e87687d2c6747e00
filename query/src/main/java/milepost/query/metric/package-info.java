/** Every number there is, and how it reaches Prometheus. */
@NullMarked
package milepost.query.metric;

import org.jspecify.annotations.NullMarked;
