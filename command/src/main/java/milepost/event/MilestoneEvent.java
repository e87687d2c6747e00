package milepost.event;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What can have happened to one milestone. */
public sealed interface MilestoneEvent extends Happening {
    MilestoneId milestone();

    /** With which it is there; no {@code project}: the plan's own. */
    sealed interface Beginning extends MilestoneEvent {
        @Nullable
        ProjectId project();

        int weight();
    }

    /** What becomes of it once it is there. */
    sealed interface Turn extends MilestoneEvent {}

    /** Its title is the milestone's; no {@code due}: no date yet. */
    record MilestoneScheduled(
            PlanId plan,
            PartialDate on,
            MilestoneId milestone,
            @Nullable ProjectId project,
            @Nullable PartialDate due,
            int weight,
            @JsonUnwrapped Details details)
            implements Beginning {}

    /** Met, and never scheduled before: it has no baseline. */
    record MilestoneLogged(
            PlanId plan,
            PartialDate on,
            MilestoneId milestone,
            @Nullable ProjectId project,
            int weight,
            @JsonUnwrapped Details details)
            implements Beginning {}

    /** No {@code due}: postponed with no date. */
    record MilestoneRescheduled(
            PlanId plan,
            PartialDate on,
            MilestoneId milestone,
            @Nullable PartialDate due,
            @JsonUnwrapped Details details)
            implements Turn {}

    record MilestoneMet(
            PlanId plan,
            PartialDate on,
            MilestoneId milestone,
            @JsonUnwrapped Details details) implements Turn {}

    /** {@code share} of its weight was earned, between 0 and 1. */
    record MilestonePartiallyMet(
            PlanId plan,
            PartialDate on,
            MilestoneId milestone,
            BigDecimal share,
            @JsonUnwrapped Details details) implements Turn {}

    record MilestoneNotMet(
            PlanId plan,
            PartialDate on,
            MilestoneId milestone,
            @JsonUnwrapped Details details) implements Turn {
        /** A miss counts from the last day: nobody has missed a date that is not over. */
        @Override
        public LocalDate countsFrom() {
            return on.latest();
        }
    }

    record MilestoneWithdrawn(
            PlanId plan,
            PartialDate on,
            MilestoneId milestone,
            @JsonUnwrapped Details details) implements Turn {}

    /** What it is called, whose it is and what it weighs, told better; what is absent stays as it was. */
    record MilestoneAmended(
            PlanId plan,
            PartialDate on,
            MilestoneId milestone,
            @Nullable ProjectId project,
            @Nullable Integer weight,
            @JsonUnwrapped Details details)
            implements MilestoneEvent, Amendment {
        @Override
        public MilestoneAmended from(PartialDate day) {
            return new MilestoneAmended(plan, day, milestone, project, weight, details);
        }
    }
}
