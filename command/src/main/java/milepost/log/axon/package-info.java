/** The event log as Axon's store and source: appended to by one writer for all, listened to, read again from any position. */
@NullMarked
package milepost.log.axon;

import org.jspecify.annotations.NullMarked;
