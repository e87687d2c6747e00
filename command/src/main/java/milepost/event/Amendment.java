package milepost.event;

import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PlanEvent.PlanAmended;

/** A part told better: the values that it gives hold from its day on, which may be the part's beginning. */
public sealed interface Amendment permits PlanAmended, MilestoneAmended, PartnershipAmended {
    /** The same from another day. */
    Happening from(PartialDate day);
}
