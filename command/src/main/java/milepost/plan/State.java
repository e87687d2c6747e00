package milepost.plan;

import milepost.event.Happening;
import milepost.event.MilestoneEvent;
import milepost.event.PartnershipEvent;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.OfficerEvent;
import milepost.event.ProjectEvent;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;

/** What the facts of one part come to. */
public sealed interface State permits Charter, Officer, Project, Milestone, Partnership {
    /** With what it is there; absent if that does not stand, and of what has none: the plan, and officers, who come and go. */
    @Nullable
    Happening beginning();

    /** One fact further; it never fails, for any fact about the part in any order: it has happened. */
    static State evolve(@Nullable State known, Recorded fact) {
        return switch ((Happening) fact.event()) {
            case OfficerEvent e -> Officer.evolve((Officer) known, e);
            case PlanEvent e -> Charter.evolve((Charter) known, e);
            case ProjectEvent e -> Project.evolve((Project) known, e, fact);
            case MilestoneEvent e -> Milestone.evolve((Milestone) known, e, fact);
            case PartnershipEvent e -> Partnership.evolve((Partnership) known, e, fact);
        };
    }
}
