/**
 * The event log, one order of all facts: how its streams are called, and what one may ask of its past. The
 * database is asked in its sub-packages.
 */
@NullMarked
package milepost.log;

import org.jspecify.annotations.NullMarked;
