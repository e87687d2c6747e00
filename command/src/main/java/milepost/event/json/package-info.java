/** How facts are written as JSON and read again. */
@NullMarked
package milepost.event.json;

import org.jspecify.annotations.NullMarked;
