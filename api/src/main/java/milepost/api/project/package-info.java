/** Projects over HTTP. */
@NullMarked
package milepost.api.project;

import org.jspecify.annotations.NullMarked;
