package milepost.plan;

import java.util.ArrayList;
import java.util.List;
import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.PartialDate;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.OfficerEvent;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import org.jspecify.annotations.Nullable;

/**
 * The plan itself: how it was opened, what was told better of that, its status and its reports over time.
 *
 * @param opening as it was recorded
 */
public record Charter(
        @Nullable PlanOpened opening,
        @Nullable Dated<PlanAmended> amendments,
        @Nullable Dated<PlanStatus> status,
        @Nullable Dated<PlanStatusReported> report)
        implements State {
    static final Charter NONE = new Charter(null, null, null, null);

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
            case PlanOpened e -> opening == null ? new Charter(e, amendments, status, report) : this;
            case PlanAmended e -> and(e);
            case PlanStatusChanged e -> new Charter(opening, amendments, Dated.add(status, e.on(), e.status()), report);
            case PlanStatusReported e -> new Charter(opening, amendments, status, Dated.add(report, e.on(), e));
            case OfficerEvent e -> this; // is about the officer
        };
    }

    public Charter and(PlanAmended amendment) {
        return new Charter(opening, Dated.add(amendments, amendment.on(), amendment), status, report);
    }

    /** The opening as it is told now. */
    public @Nullable PlanOpened told() {
        var told = toldOverTime();
        return told.isEmpty() ? null : told.getLast();
    }

    /** The opening as it was told of a day. */
    public @Nullable PlanOpened told(PartialDate on) {
        return new Charter(opening, Dated.until(amendments, on), status, report).told();
    }

    /** The opening as it was recorded, then as each amendment tells it better, that of the earliest day first. */
    public List<PlanOpened> toldOverTime() {
        if (opening == null) return List.of();
        var told = new ArrayList<>(List.of(opening));
        var amended = new ArrayList<PlanAmended>();
        for (var one = amendments; one != null; one = one.before()) amended.addFirst(one.value());
        for (var one : amended) told.add(one.amended(told.getLast()));
        return told;
    }
}
