package milepost.api.start.dataset;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.event.Basis;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.Evidence;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneId;
import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.Organisation;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectId;
import milepost.event.Slug;
import org.jspecify.annotations.Nullable;

/** The files as the requests an officer would have made, in a workable order. */
final class Script {
    private static final PartialDate START = new PartialDate("2018");
    private static final PartialDate END = new PartialDate("2025");

    private final LocalDate today;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();
    private final Set<String> scheduled = new HashSet<>();

    /** A row, and what it asks for. */
    record Step(Row row, Command command) {}

    private Script(LocalDate today) {
        this.today = today;
    }

    static Script of(DatasetFiles files, LocalDate today) {
        var script = new Script(today);
        var cities = files.rows("cities.csv");
        script.each(cities, script::open);
        script.each(files.rows("projects.csv"), script::project);
        script.each(files.rows("representatives.csv"), row -> script.officer(row, cities));
        script.each(files.rows("records.csv"), row -> Stream.of(script.record(row)));
        return script;
    }

    List<Step> steps() {
        return steps;
    }

    /** Rows that could not be read, each with file, line, column and reason. */
    List<String> bad() {
        return bad;
    }

    private void each(List<Row> rows, Function<Row, Stream<Command>> commands) {
        for (var row : rows) {
            try {
                commands.apply(row).forEach(command -> steps.add(new Step(row, command)));
            } catch (Row.Bad e) {
                bad.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private Stream<Command> open(Row row) {
        var profile = new CityProfile(
                row.required("name"),
                row.required("city"),
                row.required("country"),
                row.required("country_code"),
                row.required("capital", Script::yesOrNo),
                row.value("population_density_per_km2", Double::valueOf),
                row.value("country_gdp_per_capita_usd_2016", Double::valueOf),
                row.value("latitude", Double::valueOf),
                row.value("longitude", Double::valueOf));
        var details = new Details("City action plan 2018-2025", row.text("note"), null, null, null, null);
        return Stream.of(
                new Command(target(row), new PlanOpened(target(row).plan(), START, profile, START, END, details)));
    }

    private Stream<Command> project(Row row) {
        var title = row.required("title");
        var printed = row.text("title_as_printed");
        var misprint = title.equals(printed) || printed == null ? "" : "Printed as “" + printed + "”. ";
        var note = (misprint + Objects.requireNonNullElse(row.text("note"), "")).strip();
        var details = new Details(title, note.isEmpty() ? null : note, null, null, null, null);
        return Stream.of(new Command(
                target(row),
                new ProjectAdded(
                        target(row).plan(),
                        START,
                        row.required("project", ProjectId::new),
                        row.list("focus_areas", ";"),
                        details)));
    }

    /** A National Representative is appointed to each of the country's plans. */
    private Stream<Command> officer(Row row, List<Row> cities) {
        var name = row.required("name");
        if (name.equals("N/A")) return Stream.of();
        return switch (row.required("role")) {
            case "CSCO" -> Stream.of(appoint(row, target(row), OfficerRole.CSCO, name));
            case "NR" ->
                cities.stream()
                        .filter(city -> city.required("country").equals(row.required("country")))
                        .map(city -> appoint(row, target(city), OfficerRole.NATIONAL_REPRESENTATIVE, name));
            case "ASEC" -> Stream.of(); // the Secretariat's own, of no plan
            default -> throw new Row.Bad(row, "role", "is one of CSCO, NR, ASEC");
        };
    }

    private static Command appoint(Row row, Target target, OfficerRole role, String name) {
        var details = new Details(null, row.text("note"), null, null, null, null);
        return new Command(
                target,
                new OfficerAppointed(
                        target.plan(),
                        START,
                        new OfficerId(Slug.of(name)),
                        role,
                        name,
                        row.text("designation"),
                        details));
    }

    private Command record(Row row) {
        var target = target(row);
        var on = row.required("occurred_on", PartialDate::new);
        var project = row.value("project", ProjectId::new);
        var details = details(row);
        return switch (row.required("record")) {
            case "plan-endorsed" ->
                new Command(target, new PlanStatusChanged(target.plan(), on, PlanStatus.ENDORSED, details));
            case "status-report" ->
                project == null
                        ? new Command(target, new PlanStatusReported(target.plan(), on, null, details))
                        : new Command(target, new ProjectStatusReported(target.plan(), on, project, null, details));
            case "milestone-scheduled" -> {
                scheduled.add(target.plan() + "/" + id(row, project));
                yield new Command(
                        target,
                        new MilestoneScheduled(
                                target.plan(), on, milestone(row, project), project, due(row), 1, details));
            }
            case "milestone-rescheduled" ->
                new Command(
                        target,
                        new MilestoneRescheduled(target.plan(), on, milestone(row, project), due(row), details));
            case "milestone-met" ->
                scheduled.contains(target.plan() + "/" + id(row, project))
                        ? new Command(target, new MilestoneMet(target.plan(), on, milestone(row, project), details))
                        : new Command(
                                target,
                                new MilestoneLogged(target.plan(), on, milestone(row, project), project, 1, details));
            case "milestone-not-met" ->
                new Command(target, new MilestoneNotMet(target.plan(), on, milestone(row, project), details));
            case "partnership" ->
                new Command(
                        target,
                        new PartnershipRecorded(
                                target.plan(),
                                on,
                                new PartnershipId(id(row, project)),
                                project,
                                row.text("programme"),
                                row.required("status", code(PartnershipStatus.values(), status -> status.code)),
                                null,
                                details));
            default -> throw new Row.Bad(row, "record", "there is no such record: " + row.required("record"));
        };
    }

    private static @Nullable PartialDate due(Row row) {
        return row.value("due", PartialDate::new);
    }

    private static MilestoneId milestone(Row row, @Nullable ProjectId project) {
        return new MilestoneId(id(row, project));
    }

    private static String id(Row row, @Nullable ProjectId project) {
        var key = row.required("key");
        return project == null ? key : project + "-" + key;
    }

    private static Details details(Row row) {
        var evidence = row.text("evidence");
        return new Details(
                row.required("title"),
                row.text("narrative"),
                null,
                organisations(row),
                evidence == null ? List.of() : List.of(new Evidence(evidence, null)),
                row.required("basis", code(Basis.values(), basis -> basis.code)));
    }

    private static List<Organisation> organisations(Row row) {
        var names = row.list("organisations", ";");
        var countries = row.list("organisation_country", ";");
        var kinds = row.list("organisation_kind", ";");
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Organisation(
                        names.get(i),
                        oneOrEach(row, "organisation_country", countries, i, names.size()),
                        kind(row, oneOrEach(row, "organisation_kind", kinds, i, names.size()))))
                .toList();
    }

    private static Organisation.@Nullable Kind kind(Row row, @Nullable String code) {
        if (code == null) return null;
        try {
            return code(Organisation.Kind.values(), (Organisation.Kind kind) -> kind.code)
                    .apply(code);
        } catch (IllegalArgumentException e) {
            throw new Row.Bad(row, "organisation_kind", String.valueOf(e.getMessage()));
        }
    }

    /** One value may stand for all, or there is one each. */
    private static @Nullable String oneOrEach(Row row, String column, List<String> values, int i, int all) {
        if (values.isEmpty()) return null;
        if (values.size() == 1) return values.getFirst();
        if (values.size() != all) throw new Row.Bad(row, column, "has neither one value nor one for each organisation");
        return values.get(i).isEmpty() ? null : values.get(i);
    }

    private static <E> Function<String, E> code(E[] all, Function<E, String> code) {
        return text -> Arrays.stream(all)
                .filter(one -> code.apply(one).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is one of "
                        + String.join(", ", Arrays.stream(all).map(code).toList())));
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is true or false");
        };
    }

    private Target target(Row row) {
        return new Target(row.required("city", PlanId::new), null, today);
    }
}
