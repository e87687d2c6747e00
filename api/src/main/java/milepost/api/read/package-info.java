/** The endpoints that answer: plans and their parts, timelines, histories, replays, series, the network. */
@NullMarked
package milepost.api.read;

import org.jspecify.annotations.NullMarked;
