package milepost.query.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import milepost.event.Author;
import milepost.event.Basis;
import milepost.event.EventTypes;
import milepost.event.Evidence;
import milepost.event.FactRetracted;
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
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line of a plan's story.
 *
 * @param version of the plan by this fact
 * @param on when it happened; absent of a retraction, which is of the record and not of the world
 * @param kind the fact's stored name
 * @param text what happened, in a sentence
 * @param retracts the version that it takes back, if it is a retraction
 */
public record TimelineEntry(
        long version,
        Instant at,
        @Nullable PartialDate on,
        String kind,
        String text,
        @Nullable Long retracts,
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
                retracts,
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

    /** The story that the facts of a record tell, in the order it was recorded. */
    public static List<TimelineEntry> of(PlanRecord record) {
        var entries = new ArrayList<TimelineEntry>();
        var before = PlanRecord.NONE;
        for (var fact : record.facts()) {
            entries.add(of(before, fact));
            before = before.and(fact);
        }
        return entries;
    }

    /** A fact in the words of a record, with the names things have there. */
    public static TimelineEntry of(PlanRecord record, Recorded fact) {
        return switch (fact.event()) {
            case Happening event -> of(record, fact, event);
            case FactRetracted retraction -> of(record, fact, retraction);
        };
    }

    private static TimelineEntry of(PlanRecord before, Recorded fact, Happening event) {
        var details = event.details();
        return new TimelineEntry(
                fact.version(),
                fact.at(),
                event.on(),
                EventTypes.name(event.getClass()),
                Sentence.of(before, event),
                null,
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

    /** A retraction is about what the fact was about that it takes back, if that stood. */
    private static TimelineEntry of(PlanRecord before, Recorded fact, FactRetracted retraction) {
        var version = retraction.version();
        var taken = before.fact(version).map(wrong -> of(before.before(version), wrong));
        return new TimelineEntry(
                fact.version(),
                fact.at(),
                null,
                EventTypes.name(retraction.getClass()),
                "Version " + retraction.version() + " retracted"
                        + taken.map(entry -> ": " + entry.text()).orElse(""),
                retraction.version(),
                taken.map(TimelineEntry::project).orElse(null),
                taken.map(TimelineEntry::milestone).orElse(null),
                taken.map(TimelineEntry::partnership).orElse(null),
                null,
                retraction.reason(),
                List.of(),
                Basis.REPORTED,
                List.of(),
                fact.by());
    }

    /** The first day it can mean, by which it is listed. */
    public LocalDate firstDay() {
        return Objects.requireNonNull(on).earliest();
    }
}
