/** The tables in which every timeline stands, and how they are read. */
@NullMarked
package milepost.query.timeline.store;

import org.jspecify.annotations.NullMarked;
