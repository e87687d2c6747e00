package milepost.plan;

import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.OfficerEvent;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import org.jspecify.annotations.Nullable;

/** The plan itself: how it was opened, its status and its reports over time. */
public record Charter(
        @Nullable PlanOpened opening,
        @Nullable Dated<PlanStatus> status,
        @Nullable Dated<PlanStatusReported> report) implements State {
    static final Charter NONE = new Charter(null, null, null);

    /** What led to the plan may come before its opening. */
    @Override
    public @Nullable Happening beginning() {
        return null;
    }

    static Charter evolve(@Nullable Charter known, PlanEvent fact) {
        return (known == null ? NONE : known).evolve(fact);
    }

    private Charter evolve(PlanEvent fact) {
        return switch (fact) {
            case PlanOpened e -> opening == null ? new Charter(e, status, report) : this;
            case PlanStatusChanged e -> new Charter(opening, Dated.add(status, e.on(), e.status()), report);
            case PlanStatusReported e -> new Charter(opening, status, Dated.add(report, e.on(), e));
            case OfficerEvent e -> this; // is about the officer
        };
    }
}
