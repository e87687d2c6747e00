package milepost.plan;

import java.time.LocalDate;
import milepost.event.Dated;
import milepost.event.MilestoneCourse;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.Beginning;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.Turn;
import milepost.event.MilestoneId;
import milepost.event.ProjectId;
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
        Dated<MilestoneEvent> said)
        implements State {
    static Milestone evolve(@Nullable Milestone known, MilestoneEvent fact) {
        var said = Dated.add(known == null ? null : known.said, fact.on(), fact);
        return known == null
                ? new Milestone(fact.milestone(), null, null, null, null, MilestoneCourse.NONE, said).evolve(fact, said)
                : known.evolve(fact, said);
    }

    private Milestone evolve(MilestoneEvent fact, Dated<MilestoneEvent> said) {
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
            Dated<MilestoneEvent> said) {
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

    /** What last happened to it, which an amendment is not; or that, if nothing else is told. */
    public Dated<MilestoneEvent> happened() {
        for (var told = said; told != null; told = told.before()) {
            if (!(told.value() instanceof MilestoneAmended)) return told;
        }
        return said;
    }
}
