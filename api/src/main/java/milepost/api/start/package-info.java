/**
 * What a node needs before it answers: settings, ports, the database, the network's documents and their import;
 * and what Milepost says when it cannot start.
 */
@NullMarked
package milepost.api.start;

import org.jspecify.annotations.NullMarked;
