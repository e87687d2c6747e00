package milepost.command;

import java.time.LocalDate;
import milepost.event.PlanId;
import org.jspecify.annotations.Nullable;

/**
 * What a request is for.
 *
 * @param version the plan's version its sender saw, if it is to be refused on any other
 * @param today the day it is asked where the network is, which a fact without a day is of
 * @param begun the latest day that has begun somewhere, which no {@code on} may lie beyond
 */
public record Target(PlanId plan, @Nullable Long version, LocalDate today, LocalDate begun) {
    /** Asked while it is the same day everywhere. */
    public Target(PlanId plan, @Nullable Long version, LocalDate today) {
        this(plan, version, today, today);
    }
}
