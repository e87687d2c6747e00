package milepost.plan;

import java.time.LocalDate;
import milepost.event.Dated;
import milepost.event.MilestoneCourse;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.Beginning;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.MilestoneEvent.Turn;
import milepost.event.MilestoneId;
import milepost.event.MilestoneStatus;
import milepost.event.ProjectId;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * One milestone.
 *
 * @param beginning how it was scheduled or logged at first; absent if that does not stand
 * @param titles as its beginning and its amendments say, as do the next two
 * @param projects whose it is; {@code null} values: the plan's own
 * @param said every fact about it, the latest first
 */
public record Milestone(
        MilestoneId milestone,
        @Nullable Beginning beginning,
        @Nullable Dated<String> titles,
        @Nullable Dated<@Nullable ProjectId> projects,
        @Nullable Dated<Integer> weights,
        MilestoneCourse course,
        Dated<Recorded> said)
        implements State {
    static Milestone evolve(@Nullable Milestone known, MilestoneEvent fact, Recorded recorded) {
        var said = Dated.add(known == null ? null : known.said, fact.on(), recorded);
        return known == null
                ? new Milestone(fact.milestone(), null, null, null, null, MilestoneCourse.NONE, said).evolve(fact, said)
                : known.evolve(fact, said);
    }

    private Milestone evolve(MilestoneEvent fact, Dated<Recorded> said) {
        return switch (fact) {
            case Beginning e ->
                beginning == null
                        ? told(e, e, Dated.add(projects, e.on(), e.project()), e.weight(), course.evolve(e), said)
                        : this;
            case MilestoneAmended e -> {
                var moved =
                        e.project() == null ? projects : Dated.<@Nullable ProjectId>add(projects, e.on(), e.project());
                yield told(beginning, e, moved, e.weight(), course, said);
            }
            case Turn e -> new Milestone(milestone, beginning, titles, projects, weights, course.evolve(e), said);
        };
    }

    private Milestone told(
            @Nullable Beginning beginning,
            MilestoneEvent e,
            @Nullable Dated<@Nullable ProjectId> projects,
            @Nullable Integer weight,
            MilestoneCourse course,
            Dated<Recorded> said) {
        return new Milestone(
                milestone,
                beginning,
                Dated.amend(titles, e.on(), e.details().title()),
                projects,
                Dated.amend(weights, e.on(), weight),
                course,
                said);
    }

    public @Nullable String title() {
        return titles == null ? null : titles.value();
    }

    public @Nullable ProjectId project() {
        return projects == null ? null : projects.value();
    }

    public int weight() {
        return Dated.valueOf(weights, 1);
    }

    /** Whether it is the project's on a day or later. */
    public boolean belongsTo(ProjectId project, LocalDate from) {
        for (var told = projects; told != null; told = told.before()) {
            if (project.equals(told.value())) return true;
            if (!told.on().earliest().isAfter(from)) return false;
        }
        return false;
    }

    /** The one fact that says how it stands: of what is met the one since which it is; the latest, if none does. */
    public Recorded statement() {
        for (var told = said; told != null; told = told.before()) {
            if (says((MilestoneEvent) told.value().event())) return told.value();
        }
        return said.value();
    }

    /** An amendment says what it is, and not how it stands. */
    private boolean says(MilestoneEvent fact) {
        var status = course.outcome().status();
        return switch (fact) {
            case MilestoneScheduled e -> status == MilestoneStatus.SCHEDULED;
            case MilestoneRescheduled e -> status == MilestoneStatus.SCHEDULED;
            case MilestoneLogged e -> e.on().equals(course.metOn());
            case MilestoneMet e -> e.on().equals(course.metOn());
            case MilestonePartiallyMet e -> status == MilestoneStatus.PARTIALLY_MET;
            case MilestoneNotMet e -> status == MilestoneStatus.NOT_MET;
            case MilestoneWithdrawn e -> status == MilestoneStatus.WITHDRAWN;
            case MilestoneAmended e -> false;
        };
    }

    /** Whether it is said to be met, wholly, in part or not, and nothing is named where that can be seen. */
    public boolean isClaimedWithoutEvidence() {
        return switch (course.outcome().status()) {
            case MET, PARTIALLY_MET, NOT_MET ->
                ((MilestoneEvent) statement().event()).details().evidence().isEmpty();
            case SCHEDULED, WITHDRAWN -> false;
        };
    }
}
