package milepost.query.plan;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * All plans added up on a day. A milestone or partnership counts for each focus area of its project, so those of all
 * areas together are more than the total.
 */
public record Network(
        Totals total,
        Map<String, Totals> countries,
        Map<String, Totals> focusAreas,
        Map<String, Totals> typologies,
        List<City> cities) {
    /** Several plans, or parts of plans, as one. */
    public record Totals(long plans, Map<String, Long> statuses, long projects, Indicators indicators) {
        public static Totals of(List<PlanRows> plans, LocalDate day) {
            var statuses = new TreeMap<String, Long>();
            plans.forEach(plan -> statuses.merge(plan.plan().status().code, 1L, Long::sum));
            return new Totals(
                    plans.size(),
                    statuses,
                    plans.stream().mapToLong(plan -> plan.projects().size()).sum(),
                    Indicators.of(
                            plans.stream()
                                    .flatMap(plan -> plan.milestones().stream())
                                    .toList(),
                            plans.stream()
                                    .flatMap(plan -> plan.partnerships().stream())
                                    .toList(),
                            day));
        }
    }

    /** One city's numbers. */
    public record City(
            PlanId plan, String city, String country, String countryCode, PlanStatus status, Indicators indicators) {}

    public static Network on(LocalDate day, List<PlanRows> plans) {
        return new Network(
                Totals.of(plans, day),
                grouped(plans, plan -> plan.plan().country(), day),
                focusAreas(plans, day),
                grouped(plans, plan -> plan.plan().typology(), day),
                plans.stream().map(plan -> city(plan, day)).toList());
    }

    private static City city(PlanRows rows, LocalDate day) {
        var plan = rows.plan();
        var indicators = Indicators.of(rows.milestones(), rows.partnerships(), day);
        return new City(plan.plan(), plan.city(), plan.country(), plan.countryCode(), plan.status(), indicators);
    }

    private static Map<String, Totals> grouped(
            List<PlanRows> plans, Function<PlanRows, @Nullable String> group, LocalDate day) {
        var groups = new TreeMap<String, Totals>();
        plans.stream()
                .map(group)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(name -> groups.put(
                        name,
                        Totals.of(
                                plans.stream()
                                        .filter(plan -> name.equals(group.apply(plan)))
                                        .toList(),
                                day)));
        return groups;
    }

    private static Map<String, Totals> focusAreas(List<PlanRows> plans, LocalDate day) {
        var areas = new TreeMap<String, Totals>();
        plans.stream()
                .flatMap(plan -> plan.projects().stream())
                .flatMap(project -> project.focusAreas().stream())
                .distinct()
                .forEach(area -> areas.put(
                        area,
                        Totals.of(
                                plans.stream().flatMap(plan -> part(plan, area)).toList(), day)));
        return areas;
    }

    /** The plan with only what belongs to projects of the focus area, if it has any. */
    private static Stream<PlanRows> part(PlanRows plan, String focusArea) {
        var projects = plan.projects().stream()
                .filter(p -> p.focusAreas().contains(focusArea))
                .toList();
        if (projects.isEmpty()) return Stream.empty();
        var ids = projects.stream().map(p -> p.project()).toList();
        return Stream.of(new PlanRows(
                plan.plan(),
                projects,
                of(ids, plan.milestones(), MilestoneRow::project),
                of(ids, plan.partnerships(), PartnershipRow::project)));
    }

    private static <T> List<T> of(
            Collection<ProjectId> projects, List<T> parts, Function<T, @Nullable ProjectId> project) {
        return parts.stream()
                .filter(part -> project.apply(part) != null && projects.contains(project.apply(part)))
                .toList();
    }
}
