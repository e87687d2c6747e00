package milepost.query.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import milepost.event.Author;
import milepost.event.Basis;
import milepost.event.EventTypes;
import milepost.event.Evidence;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Id;
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

    /** The story a record tells, in the order it was recorded. */
    public static List<TimelineEntry> of(Cut cut) {
        var entries = new ArrayList<TimelineEntry>();
        var before = new Fold.At<>(0, PlanState.FOLD.empty());
        for (var fact : cut.facts()) {
            if (fact.version() <= before.version()) continue; // told already
            if (fact.event() instanceof Happening happening) entries.add(of(before.state(), fact, happening));
            before = PlanState.FOLD.next(before, fact);
        }
        return entries;
    }

    /** What happened, with the names things had just before it. */
    public static TimelineEntry of(PlanState before, Recorded fact, Happening event) {
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

    /**
     * A retraction, about what the fact was about that it takes back.
     *
     * @param before every fact recorded before it
     */
    public static TimelineEntry of(List<Recorded> before, Recorded fact, FactRetracted retraction) {
        var taken = Cut.of(before, null).flatMap(cut -> entry(retraction.version(), cut));
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

    private static Optional<TimelineEntry> entry(long version, Cut cut) {
        return cut.facts().stream()
                .filter(fact -> fact.version() == version)
                .findFirst()
                .flatMap(fact -> fact.event() instanceof Happening happening
                        ? Optional.of(of(before(version, happening.about(), cut), fact, happening))
                        : Optional.empty());
    }

    private static PlanState before(long version, Id part, Cut cut) {
        return PlanState.FOLD.of(cut.facts().stream()
                .filter(fact -> fact.version() < version)
                .filter(fact -> fact.event() instanceof Happening happening && part.equals(happening.about()))
                .toList());
    }

    /** The first day it can mean, by which it is listed. */
    public LocalDate firstDay() {
        return Objects.requireNonNull(on).earliest();
    }
}
