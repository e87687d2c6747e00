/**
 * The endpoints that answer: plans and their parts, timelines, histories, replays, changes, series, the network,
 * and the access log.
 */
@NullMarked
package milepost.api.read;

import org.jspecify.annotations.NullMarked;
