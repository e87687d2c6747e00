/** Joins Axon to the log, to our names and to who is asking; a command enters by Dispatch. */
@NullMarked
package milepost.api.write.axon;

import org.jspecify.annotations.NullMarked;
