/** Plans over HTTP. */
@NullMarked
package milepost.api.plan;

import org.jspecify.annotations.NullMarked;
