package milepost.query.plan;

import static java.util.Comparator.comparing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.event.Country;
import milepost.event.Dated;
import milepost.event.Details;
import milepost.event.Happening;
import milepost.event.Health;
import milepost.event.PartnershipStatus;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.Recorded;
import milepost.plan.Milestone;
import milepost.plan.Officer;
import milepost.plan.Part;
import milepost.plan.Partnership;
import milepost.plan.PlanRecord;
import milepost.plan.Project;
import milepost.plan.State;
import org.jspecify.annotations.Nullable;

/** One plan as it stands with all its parts, on no particular day: what read tables keep and a replay gives. */
public record PlanRows(
        PlanRow plan, List<ProjectRow> projects, List<MilestoneRow> milestones, List<PartnershipRow> partnerships) {
    /** Empty if no opening of the plan is seen. */
    public static Optional<PlanRows> of(PlanRecord record) {
        return Optional.ofNullable(record.charter().opening()).map(opening -> {
            var parts = record.parts();
            return new PlanRows(
                    plan(record, parts),
                    rows(parts, Project.class, PlanRows::project),
                    rows(parts, Milestone.class, PlanRows::milestone),
                    rows(parts, Partnership.class, PlanRows::partnership));
        });
    }

    /** On each of the days, oldest first; it is folded again only where something has begun to count. */
    public static List<Optional<PlanRows>> on(List<LocalDate> days, PlanRecord record) {
        var changes = record.facts().stream()
                .flatMap(fact -> fact.event() instanceof Happening event ? Stream.of(event.countsFrom()) : Stream.of())
                .collect(Collectors.toCollection(TreeSet::new));
        var rows = new ArrayList<Optional<PlanRows>>();
        LocalDate folded = null;
        for (var day : days) {
            var change = changes.floor(day);
            rows.add(Objects.equals(change, folded) && !rows.isEmpty() ? rows.getLast() : of(record.on(day)));
            folded = change;
        }
        return rows;
    }

    /** There must be an opening. */
    public static PlanRow plan(PlanRecord record, Collection<Part> parts) {
        var charter = record.charter();
        var opening = Objects.requireNonNull(charter.told());
        var city = opening.profile();
        var typology = Typology.of(city);
        return new PlanRow(
                opening.plan(),
                opening.details().title(),
                city.city(),
                new Country(city.countryCode()).name(),
                city.countryCode(),
                city.slug(),
                city.capital(),
                city.populationDensity(),
                city.gdpPerCapita(),
                city.latitude(),
                city.longitude(),
                typology == null ? null : typology.code(),
                opening.from(),
                opening.to(),
                Dated.valueOf(charter.status(), PlanStatus.DRAFT),
                planHealth(charter.report()),
                charter.report() == null ? null : report(charter.report().value()),
                record.version(),
                record.last().at(),
                parts.stream().map(Part::lastHappened).max(LocalDate::compareTo).orElseThrow(),
                officers(parts));
    }

    private static List<OfficerRow> officers(Collection<Part> parts) {
        return parts.stream()
                .filter(part -> part.state() instanceof Officer)
                .sorted(comparing(Part::since))
                .flatMap(part -> ((Officer) part.state()).appointment().stream())
                .map(e -> new OfficerRow(e.officer(), e.role(), e.name(), e.designation(), e.on()))
                .toList();
    }

    public static ProjectRow project(Project project, List<FactEvidence> evidence) {
        var statement = project.said() == null ? null : project.said().value();
        var said = statement == null ? Details.NONE : details(statement);
        return new ProjectRow(
                project.project(),
                Objects.requireNonNullElse(said.title(), project.project().text()),
                project.added() == null ? List.of() : project.added().focusAreas(),
                project.phase() == null ? null : project.phase().value(),
                projectHealth(project.report()),
                project.report() == null ? null : report(project.report().value()),
                project.withdrawal() == null ? null : project.withdrawal().on(),
                statement == null ? null : statement.version(),
                project.said() == null ? null : project.said().on(),
                said.narrative(),
                said.basis(),
                statement == null ? null : statement.by().withheld(),
                evidence);
    }

    public static MilestoneRow milestone(Milestone milestone, List<FactEvidence> evidence) {
        var course = milestone.course();
        var baseline = course.baseline();
        var settled = course.metOn() == null ? course.due() : course.metOn();
        var statement = milestone.statement();
        var details = details(statement);
        return new MilestoneRow(
                milestone.milestone(),
                milestone.project(),
                Objects.requireNonNullElse(
                        milestone.title(), milestone.milestone().text()),
                course.outcome().status(),
                baseline,
                course.due(),
                baseline == null || settled == null ? null : baseline.daysUntil(settled),
                course.metOn(),
                milestone.weight(),
                course.outcome().share(),
                statement.version(),
                ((Happening) statement.event()).on(),
                details.narrative(),
                details.organisations(),
                details.basis(),
                statement.by().withheld(),
                milestone.isClaimedWithoutEvidence(),
                evidence);
    }

    private static Details details(Recorded statement) {
        return ((Happening) statement.event()).details();
    }

    public static PartnershipRow partnership(Partnership partnership, List<FactEvidence> evidence) {
        var first = partnership.first();
        var statement = partnership.statement();
        var details = details(statement);
        return new PartnershipRow(
                partnership.partnership(),
                first == null ? null : first.project(),
                Dated.valueOf(partnership.titles(), partnership.partnership().text()),
                partnership.programmes() == null
                        ? null
                        : partnership.programmes().value(),
                Dated.valueOf(partnership.status(), PartnershipStatus.PROPOSED),
                partnership.amounts() == null ? null : partnership.amounts().value(),
                Dated.valueOf(partnership.partners(), List.of()),
                statement.version(),
                ((Happening) statement.event()).on(),
                details.narrative(),
                details.basis(),
                statement.by().withheld(),
                details.evidence().isEmpty(),
                evidence);
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

    private static <S extends State, R> List<R> rows(
            List<Part> parts, Class<S> kind, BiFunction<S, List<FactEvidence>, R> row) {
        return parts.stream()
                .filter(part -> kind.isInstance(part.state()))
                .map(part -> row.apply(kind.cast(part.state()), FactEvidence.of(part)))
                .toList();
    }
}
