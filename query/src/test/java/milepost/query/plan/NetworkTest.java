package milepost.query.plan;

import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.CLOSED;
import static milepost.event.Story.ENDORSED;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.SURVEY_LOGGED;
import static milepost.event.Story.TICKETS_PARTLY_MET;
import static milepost.event.Story.TICKETS_SCHEDULED;
import static milepost.event.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.event.CityProfile;
import milepost.event.Country;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.query.Told;
import milepost.query.plan.Network.Totals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);

    /** Thailand, emerging and sparse: buses met, tickets half met and overdue, the survey of the plan itself. */
    private static final PlanRows LAKESIDE = Told.rows(
            OPENED,
            PROJECT_ADDED,
            PARKS_ADDED,
            ENDORSED,
            BUSES_SCHEDULED,
            BUSES_MET,
            TICKETS_SCHEDULED,
            TICKETS_PARTLY_MET,
            SURVEY_LOGGED,
            PARTNERSHIP_AGREED);

    /** Thailand too, of no typology: parks, and no milestone. */
    private static final PlanRows HILLTOP = plan("hilltop", "Thailand", null, PARKS_ADDED, CLOSED);

    /** Singapore, developed and dense: buses planned and not met. */
    private static final PlanRows HARBOUR =
            plan("harbour", "Singapore", 7_796.0, PROJECT_ADDED, ENDORSED, BUSES_SCHEDULED);

    private static final List<PlanRows> PLANS = List.of(LAKESIDE, HILLTOP, HARBOUR);
    private static final Network NETWORK = Network.on(DAY, PLANS);

    @Test
    void all_plans_add_up() {
        var total = NETWORK.total();
        assertThat(total.plans()).isEqualTo(3);
        assertThat(total.projects()).isEqualTo(4);
        assertThat(total.statuses()).isEqualTo(Map.of("endorsed", 2L, "closed", 1L));
        assertThat(total.indicators().earnedValue()).isEqualByComparingTo("2.5");
        assertThat(total.indicators().plannedValue()).isEqualByComparingTo("5");
        assertNumber(total.indicators().schedulePerformanceIndex(), "0.5");
        assertNumber(total.indicators().progress(), "0.583333"); // 3.5 of 6
        assertThat(total.indicators().overdue()).isEqualTo(2);
        assertThat(total.indicators().partnerships()).containsEntry("agreed", 1L);
    }

    @Test
    void the_total_is_the_sum_of_the_cities() {
        assertSums(NETWORK.total().indicators(), NETWORK.cities(), Network.City::indicators);
        assertThat(NETWORK.total().plans()).isEqualTo(NETWORK.cities().size());
    }

    @Test
    void each_city_has_the_numbers_of_its_plan() {
        assertThat(NETWORK.cities()).hasSize(3);
        for (var i = 0; i < 3; i++) {
            var city = NETWORK.cities().get(i);
            assertThat(city.plan()).isEqualTo(PLANS.get(i).plan().plan());
            assertThat(city.city()).isEqualTo(PLANS.get(i).plan().city());
            assertThat(city.indicators()).isEqualTo(Plan.on(DAY, PLANS.get(i)).indicators());
        }
        assertThat(NETWORK.cities())
                .extracting(Network.City::status)
                .containsExactly(PlanStatus.ENDORSED, PlanStatus.CLOSED, PlanStatus.ENDORSED);
    }

    @Test
    void countries_share_the_total() {
        var countries = NETWORK.countries();
        assertThat(countries).containsOnlyKeys("Singapore", "Thailand");
        assertThat(of(countries, "Thailand").plans()).isEqualTo(2);
        assertThat(of(countries, "Thailand").statuses()).isEqualTo(Map.of("endorsed", 1L, "closed", 1L));
        assertThat(of(countries, "Singapore").indicators())
                .isEqualTo(Plan.on(DAY, HARBOUR).indicators());
        assertSums(NETWORK.total().indicators(), countries.values(), Totals::indicators);
        assertThat(countries.values().stream().mapToLong(Totals::projects).sum())
                .isEqualTo(4);
    }

    @Test
    void typologies_share_what_has_one() {
        var typologies = NETWORK.typologies();
        assertThat(typologies).containsOnlyKeys("developed-dense", "emerging-sparse");
        assertThat(of(typologies, "developed-dense").indicators())
                .isEqualTo(Plan.on(DAY, HARBOUR).indicators());
        assertThat(of(typologies, "emerging-sparse").plans()).isOne();
    }

    @Test
    void a_focus_area_has_the_milestones_and_partnerships_of_its_projects() {
        var areas = NETWORK.focusAreas();
        assertThat(areas).containsOnlyKeys("built-infrastructure", "civic-and-social", "quality-environment");
        var built = of(areas, "built-infrastructure");
        assertThat(built.plans()).isEqualTo(2);
        assertThat(built.projects()).isEqualTo(2);
        assertThat(built.indicators().earnedValue()).isEqualByComparingTo("2.5");
        assertThat(built.indicators().plannedValue()).isEqualByComparingTo("5");
        assertNumber(built.indicators().progress(), "0.5"); // without the survey, which is the plan's own
        assertThat(built.indicators().partnerships()).containsEntry("agreed", 1L);
    }

    @Test
    void a_project_of_two_areas_counts_for_both() {
        assertThat(of(NETWORK.focusAreas(), "quality-environment"))
                .isEqualTo(of(NETWORK.focusAreas(), "built-infrastructure"));
    }

    @Test
    void an_area_without_milestones_has_no_progress() {
        var social = of(NETWORK.focusAreas(), "civic-and-social");
        assertThat(social.plans()).isEqualTo(2);
        assertThat(social.projects()).isEqualTo(2);
        assertThat(social.indicators().progress()).isNull();
        assertThat(social.indicators().schedulePerformanceIndex()).isNull();
        assertThat(social.indicators().earnedValue()).isZero();
    }

    @Test
    void without_plans_there_is_nothing_to_claim() {
        var empty = Network.on(DAY, List.of());
        assertThat(empty.total().plans()).isZero();
        assertThat(empty.total().indicators().progress()).isNull();
        assertThat(empty.countries()).isEmpty();
        assertThat(empty.focusAreas()).isEmpty();
        assertThat(empty.typologies()).isEmpty();
        assertThat(empty.cities()).isEmpty();
    }

    private static PlanRows plan(String id, String country, @Nullable Double density, Event... facts) {
        var profile = new CityProfile(
                id, null, null, Country.of(country).orElseThrow().code(), false, density, 52_962.5, null, null);
        var opened = new PlanOpened(new PlanId(id), on("2018"), profile, on("2018"), on("2025"), Details.titled(id));
        return Told.rows(Stream.concat(Stream.of(opened), Stream.of(facts)).toArray(Event[]::new));
    }

    private static Totals of(Map<String, Totals> groups, String name) {
        return Objects.requireNonNull(groups.get(name));
    }

    private static <T> void assertSums(Indicators total, Collection<T> parts, Function<T, Indicators> of) {
        var each = parts.stream().map(of).toList();
        assertThat(total.earnedValue()).isEqualByComparingTo(sum(each, Indicators::earnedValue));
        assertThat(total.plannedValue()).isEqualByComparingTo(sum(each, Indicators::plannedValue));
        assertThat(total.overdue())
                .isEqualTo(each.stream().mapToLong(Indicators::overdue).sum());
        total.milestones()
                .forEach((status, n) -> assertThat(n)
                        .isEqualTo(each.stream()
                                .mapToLong(i -> i.milestones().getOrDefault(status, 0L))
                                .sum()));
        total.partnerships()
                .forEach((status, n) -> assertThat(n)
                        .isEqualTo(each.stream()
                                .mapToLong(i -> i.partnerships().getOrDefault(status, 0L))
                                .sum()));
    }

    private static BigDecimal sum(List<Indicators> each, Function<Indicators, BigDecimal> value) {
        return each.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void assertNumber(@Nullable BigDecimal actual, String expected) {
        assertThat(actual).isEqualByComparingTo(expected);
    }
}
