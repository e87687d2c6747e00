/** The event log: one order of all facts, kept by PostgreSQL, joined to Axon. */
@NullMarked
package milepost.log.axon;

import org.jspecify.annotations.NullMarked;
