/** The edge and the application: HTTP, wiring, no rules. */
@NullMarked
package milepost.api;

import org.jspecify.annotations.NullMarked;
