package milepost.query.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import milepost.event.Dated;
import milepost.event.Details;
import milepost.event.Health;
import milepost.event.MilestoneId;
import milepost.event.PartnershipId;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectId;
import milepost.event.Recorded;
import milepost.query.history.Cut;
import org.jspecify.annotations.Nullable;

/** One plan as it stands with all its parts, on no particular day: what read tables keep and a replay gives. */
public record PlanRows(
        PlanRow plan, List<ProjectRow> projects, List<MilestoneRow> milestones, List<PartnershipRow> partnerships) {
    /** Empty if the plan's opening does not count by the day of the cut. */
    public static Optional<PlanRows> of(Cut cut) {
        return of(PlanState.FOLD.of(cut.facts()), cut.last());
    }

    /**
     * A state in rows; empty if it knows no opening.
     *
     * @param last the last fact recorded by then
     */
    public static Optional<PlanRows> of(PlanState state, Recorded last) {
        return Optional.ofNullable(state.opening())
                .map(opening -> new PlanRows(
                        plan(opening, state, last),
                        list(state.projects(), PlanRows::project),
                        list(state.milestones(), PlanRows::milestone),
                        list(state.partnerships(), PlanRows::partnership)));
    }

    private static PlanRow plan(PlanOpened opening, PlanState state, Recorded last) {
        var city = opening.profile();
        var typology = Typology.of(city);
        return new PlanRow(
                opening.plan(),
                opening.details().title(),
                city.city(),
                countryName(city.country(), city.countryCode()),
                city.countryCode(),
                city.capital(),
                city.populationDensity(),
                city.gdpPerCapita(),
                city.latitude(),
                city.longitude(),
                typology == null ? null : typology.code(),
                opening.from(),
                opening.to(),
                Dated.valueOf(state.status(), PlanStatus.DRAFT),
                planHealth(state.report()),
                state.report() == null ? null : report(state.report().value()),
                last.version(),
                last.at(),
                Objects.requireNonNull(state.lastHappened()),
                officers(state));
    }

    private static String countryName(@Nullable String printed, String code) {
        return printed == null ? Locale.of("", code).getDisplayCountry(Locale.ENGLISH) : printed;
    }

    private static List<OfficerRow> officers(PlanState state) {
        return state.officers().values().stream()
                .filter(officer -> Dated.valueOf(officer.inOffice(), false))
                .flatMap(officer -> Optional.ofNullable(officer.appointments()).stream())
                .map(Dated::value)
                .map(e -> new OfficerRow(e.officer(), e.role(), e.name(), e.designation(), e.on()))
                .toList();
    }

    private static ProjectRow project(ProjectId id, ProjectState project) {
        var said = project.said() == null ? Details.NONE : project.said().value();
        return new ProjectRow(
                id,
                Objects.requireNonNullElse(said.title(), id.text()),
                project.focusAreas(),
                project.phase() == null ? null : project.phase().value(),
                projectHealth(project.report()),
                project.report() == null ? null : report(project.report().value()),
                project.withdrawal() == null ? null : project.withdrawal().on(),
                said.narrative(),
                said.basis(),
                said.evidence());
    }

    static MilestoneRow milestone(MilestoneId id, MilestoneState milestone) {
        var course = milestone.course();
        var baseline = course.baseline();
        var settled = course.metOn() == null ? course.due() : course.metOn();
        var details = milestone.said().value().details();
        return new MilestoneRow(
                id,
                milestone.project(),
                Objects.requireNonNullElse(milestone.title(), id.text()),
                course.outcome().status(),
                baseline,
                course.due(),
                baseline == null || settled == null ? null : baseline.daysUntil(settled),
                course.metOn(),
                milestone.weight(),
                course.outcome().share(),
                milestone.said().on(),
                details.narrative(),
                details.organisations(),
                details.basis(),
                details.evidence());
    }

    static PartnershipRow partnership(PartnershipId id, PartnershipState partnership) {
        var first = partnership.first();
        var details = partnership.said().value().details();
        return new PartnershipRow(
                id,
                first == null ? null : first.project(),
                first == null || first.details().title() == null
                        ? id.text()
                        : first.details().title(),
                first == null ? null : first.programme(),
                partnership.status().value(),
                first == null ? null : first.amount(),
                first == null ? List.of() : first.details().organisations(),
                partnership.said().on(),
                details.narrative(),
                details.basis(),
                details.evidence());
    }

    private static StatusReport report(PlanStatusReported e) {
        return StatusReport.of(e.on(), e.health(), e.details());
    }

    private static StatusReport report(ProjectStatusReported e) {
        return StatusReport.of(e.on(), e.health(), e.details());
    }

    private static @Nullable Health planHealth(@Nullable Dated<PlanStatusReported> latest) {
        for (var report = latest; report != null; report = report.before()) {
            if (report.value().health() != null) return report.value().health();
        }
        return null;
    }

    private static @Nullable Health projectHealth(@Nullable Dated<ProjectStatusReported> latest) {
        for (var report = latest; report != null; report = report.before()) {
            if (report.value().health() != null) return report.value().health();
        }
        return null;
    }

    private static <K, V, R> List<R> list(Map<K, V> parts, BiFunction<K, V, R> row) {
        return parts.entrySet().stream()
                .map(part -> row.apply(part.getKey(), part.getValue()))
                .toList();
    }
}
