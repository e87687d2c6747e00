/**
 * What is there before anything is made: settings, ports, the database, the network's documents; and what Milepost says
 * when it cannot start.
 */
@NullMarked
package milepost.api.start;

import org.jspecify.annotations.NullMarked;
