package milepost.event;

import java.time.LocalDate;
import milepost.event.PlanEvent.OfficerEvent;

/** A fact about the world: it happened on a day, and somebody can say more about it. */
public sealed interface Happening extends Event permits PlanEvent, ProjectEvent, MilestoneEvent, PartnershipEvent {
    /** When it happened in the world, as precisely as it was given. */
    PartialDate on();

    Details details();

    /** The day from which it counts: the first it can have happened on. */
    default LocalDate countsFrom() {
        return on().earliest();
    }

    /** The part of the plan that it happened to, which the facts of other parts say nothing of; or the plan itself. */
    default Id about() {
        return switch (this) {
            case OfficerEvent e -> e.officer();
            case PlanEvent e -> e.plan();
            case ProjectEvent e -> e.project();
            case MilestoneEvent e -> e.milestone();
            case PartnershipEvent e -> e.partnership();
        };
    }
}
