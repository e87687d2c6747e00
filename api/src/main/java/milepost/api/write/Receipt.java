package milepost.api.write;

import java.time.Instant;
import milepost.event.PlanId;

/**
 * What a write answers.
 *
 * @param version the plan's version by it
 * @param at when that was recorded
 */
public record Receipt(PlanId plan, long version, Instant at) {}
