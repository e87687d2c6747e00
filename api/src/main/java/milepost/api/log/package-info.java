/** The event log: one order of all facts, kept by PostgreSQL, joined to Axon. */
@NullMarked
package milepost.api.log;

import org.jspecify.annotations.NullMarked;
