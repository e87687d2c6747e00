/** The past of what Prometheus scrapes. */
@NullMarked
package milepost.api.metric;

import org.jspecify.annotations.NullMarked;
