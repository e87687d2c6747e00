/** Where Axon's processors meet projections: what they deliver, how far they are, and what they have set aside. */
@NullMarked
package milepost.query.projection.axon;

import org.jspecify.annotations.NullMarked;
