package milepost.event;

import java.math.BigDecimal;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import org.jspecify.annotations.Nullable;

/**
 * What became of one milestone, for rules and read models alike: when it was first due, when it is due now, and its
 * outcome.
 *
 * @param scheduled the date it was first scheduled for, if it was scheduled with one
 * @param dueDates every date it was due, the current one first; {@code null} values: no date
 * @param outcomes what was said of its outcome, the latest first; none while it is first scheduled
 */
public record MilestoneCourse(
        @Nullable PartialDate scheduled,
        @Nullable Dated<@Nullable PartialDate> dueDates,
        @Nullable Dated<Outcome> outcomes) {
    public static final MilestoneCourse NONE = new MilestoneCourse(null, null, null);

    /** A status and the share of the weight it earns; a reschedule is an outcome too, as it may undo a miss. */
    public record Outcome(MilestoneStatus status, BigDecimal share) {
        static final Outcome RESCHEDULED = new Outcome(MilestoneStatus.SCHEDULED, BigDecimal.ZERO);

        /** Equal shares are equal however many zeros they end on. */
        public Outcome {
            share = share.stripTrailingZeros();
        }
    }

    public MilestoneCourse evolve(MilestoneEvent event) {
        return switch (event) {
            case MilestoneScheduled e -> new MilestoneCourse(e.due(), Dated.add(dueDates, e.on(), e.due()), outcomes);
            case MilestoneRescheduled e ->
                new MilestoneCourse(
                        scheduled,
                        Dated.add(dueDates, e.on(), e.due()),
                        Dated.add(outcomes, e.on(), Outcome.RESCHEDULED));
            case MilestoneLogged e -> outcome(e.on(), MilestoneStatus.MET, BigDecimal.ONE);
            case MilestoneMet e -> outcome(e.on(), MilestoneStatus.MET, BigDecimal.ONE);
            case MilestonePartiallyMet e -> outcome(e.on(), MilestoneStatus.PARTIALLY_MET, e.share());
            case MilestoneNotMet e -> outcome(e.on(), MilestoneStatus.NOT_MET, BigDecimal.ZERO);
            case MilestoneAmended e -> this;
            case MilestoneWithdrawn e -> outcome(e.on(), MilestoneStatus.WITHDRAWN, BigDecimal.ZERO);
        };
    }

    /** What it was first due; never lost, whatever moved later. */
    public @Nullable PartialDate baseline() {
        if (scheduled != null) return scheduled;
        PartialDate first = null;
        for (var due = dueDates; due != null; due = due.before()) {
            if (due.value() != null) first = due.value();
        }
        return first;
    }

    /** When it is due now; absent if it never had a date or was postponed with none. */
    public @Nullable PartialDate due() {
        return dueDates == null ? null : dueDates.value();
    }

    /** How it stands: a reschedule makes a missed milestone scheduled again, and leaves any other outcome as it is. */
    public Outcome outcome() {
        var standing = outcomes;
        while (standing != null && standing.value().equals(Outcome.RESCHEDULED)) standing = standing.before();
        if (standing == null || (!standing.equals(outcomes) && standing.value().status() == MilestoneStatus.NOT_MET)) {
            return Outcome.RESCHEDULED;
        }
        return standing.value();
    }

    /** Since when it is met, by the earliest unbroken statement of it. */
    public @Nullable PartialDate metOn() {
        PartialDate since = null;
        for (var said = outcomes; said != null; said = said.before()) {
            if (said.value().status() == MilestoneStatus.MET) since = said.on();
            else if (!said.value().equals(Outcome.RESCHEDULED)) break;
        }
        return since;
    }

    private MilestoneCourse outcome(PartialDate on, MilestoneStatus status, BigDecimal share) {
        return new MilestoneCourse(scheduled, dueDates, Dated.add(outcomes, on, new Outcome(status, share)));
    }
}
