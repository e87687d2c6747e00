/** What holds of every read model, whatever happened. */
@NullMarked
package milepost.query;

import org.jspecify.annotations.NullMarked;
