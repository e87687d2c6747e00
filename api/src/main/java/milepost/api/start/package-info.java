/** What is looked at before anything is made: settings and ports; and what Milepost says when it cannot start. */
@NullMarked
package milepost.api.start;

import org.jspecify.annotations.NullMarked;
