/**
 * The event log as Axon's store and source: one writer a node appends what its commands decide; readers are told
 * of it and read from any position. The tables that Axon's processors keep beside it are named here too.
 */
@NullMarked
package milepost.log.axon;

import org.jspecify.annotations.NullMarked;
