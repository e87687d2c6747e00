/** Partnerships over HTTP. */
@NullMarked
package milepost.api.partnership;

import org.jspecify.annotations.NullMarked;
