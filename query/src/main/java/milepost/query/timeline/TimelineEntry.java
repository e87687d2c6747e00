package milepost.query.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import milepost.event.Author;
import milepost.event.Basis;
import milepost.event.EventTypes;
import milepost.event.Evidence;
import milepost.event.Happening;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneId;
import milepost.event.Organisation;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipId;
import milepost.event.ProjectEvent;
import milepost.event.ProjectId;
import milepost.event.Recorded;
import milepost.query.Fold;
import milepost.query.history.Cut;
import milepost.query.plan.PlanState;
import org.jspecify.annotations.Nullable;

/**
 * One line of a plan's story.
 *
 * @param version of the plan by this fact
 * @param kind the fact's stored name
 * @param text what happened, in a sentence
 */
public record TimelineEntry(
        long version,
        Instant at,
        PartialDate on,
        String kind,
        String text,
        @Nullable ProjectId project,
        @Nullable MilestoneId milestone,
        @Nullable PartnershipId partnership,
        @Nullable String narrative,
        @Nullable String reason,
        List<Organisation> organisations,
        Basis basis,
        List<Evidence> evidence,
        Author by) {
    /** For those who may know of authors only in what office they recorded. */
    public TimelineEntry withAuthorWithheld() {
        return new TimelineEntry(
                version,
                at,
                on,
                kind,
                text,
                project,
                milestone,
                partnership,
                narrative,
                reason,
                organisations,
                basis,
                evidence,
                by.withheld());
    }

    /** The story a record tells, in the order it was recorded. */
    static List<TimelineEntry> of(Cut cut) {
        var entries = new ArrayList<TimelineEntry>();
        var before = new Fold.At<>(0, PlanState.FOLD.empty());
        for (var fact : cut.facts()) {
            if (fact.version() <= before.version()) continue; // told already
            if (fact.event() instanceof Happening happening) entries.add(of(before.state(), fact, happening));
            before = PlanState.FOLD.next(before, fact);
        }
        return entries;
    }

    private static TimelineEntry of(PlanState before, Recorded fact, Happening event) {
        var details = event.details();
        return new TimelineEntry(
                fact.version(),
                fact.at(),
                event.on(),
                EventTypes.name(event.getClass()),
                Sentence.of(before, event),
                event instanceof ProjectEvent e ? e.project() : null,
                event instanceof MilestoneEvent e ? e.milestone() : null,
                event instanceof PartnershipEvent e ? e.partnership() : null,
                details.narrative(),
                details.reason(),
                details.organisations(),
                details.basis(),
                details.evidence(),
                fact.by());
    }
}
