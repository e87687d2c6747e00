/** Joins Axon to the log, to our names and to who is asking. */
@NullMarked
package milepost.api.axon;

import org.jspecify.annotations.NullMarked;
