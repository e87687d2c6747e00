package milepost.log.axon;

import java.time.Instant;

/** Where and when a fact was stored, as the log itself gave it. */
public record Place(long position, Instant at) {}
