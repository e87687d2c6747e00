/** Series over HTTP. */
@NullMarked
package milepost.api.progress;

import org.jspecify.annotations.NullMarked;
