package milepost.event;

import java.time.LocalDate;

/** A fact about the world: it happened on a day, and somebody can say more about it. */
public sealed interface Happening extends Event permits PlanEvent, ProjectEvent, MilestoneEvent, PartnershipEvent {
    /** When it happened in the world, as precisely as it was given. */
    PartialDate on();

    Details details();

    /** The day from which it counts: the first it can have happened on. */
    default LocalDate countsFrom() {
        return on().earliest();
    }
}
