/** Two moments compared: what differs, and the facts that made it so. */
@NullMarked
package milepost.query.change;

import org.jspecify.annotations.NullMarked;
