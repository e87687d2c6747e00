package milepost.command;

import java.time.LocalDate;
import milepost.event.PlanId;
import org.jspecify.annotations.Nullable;

/**
 * What a request is for.
 *
 * @param version the plan's version its sender saw, if it is to be refused on any other
 * @param today the day it is asked, at UTC+14: where a day begins first, no {@code on} may lie beyond it
 */
public record Target(PlanId plan, @Nullable Long version, LocalDate today) {}
