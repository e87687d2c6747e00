package milepost.event;

import static milepost.event.MilestoneStatus.MET;
import static milepost.event.MilestoneStatus.NOT_MET;
import static milepost.event.MilestoneStatus.PARTIALLY_MET;
import static milepost.event.MilestoneStatus.SCHEDULED;
import static milepost.event.MilestoneStatus.WITHDRAWN;
import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_ADRIFT;
import static milepost.event.Story.BUSES_AGAIN;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_POSTPONED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.FERRY_SCHEDULED;
import static milepost.event.Story.FERRY_WITHDRAWN;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.SURVEY_LOGGED;
import static milepost.event.Story.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import milepost.event.MilestoneCourse.Outcome;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MilestoneCourseTest {
    private static final MilestonePartiallyMet HALF = partlyMet("2021-07", "0.5");

    static Stream<Arguments> courses() {
        return Stream.of(
                course("is scheduled at first", SCHEDULED, "2020", "2020", BUSES_SCHEDULED),
                course("may have no date yet", SCHEDULED, null, null, FERRY_SCHEDULED),
                course("may be postponed", SCHEDULED, "2021-06", "2020", BUSES_SCHEDULED, BUSES_POSTPONED),
                course("may be postponed with no date", SCHEDULED, null, "2020", BUSES_SCHEDULED, BUSES_ADRIFT),
                course("may be missed", NOT_MET, "2021-06", "2020", BUSES_SCHEDULED, BUSES_POSTPONED, BUSES_MISSED),
                course(
                        "is scheduled again when rescheduled after a miss",
                        SCHEDULED,
                        "2022",
                        "2020",
                        BUSES_SCHEDULED,
                        BUSES_POSTPONED,
                        BUSES_MISSED,
                        BUSES_AGAIN),
                course(
                        "stays missed when the slip of a year before is recorded late",
                        NOT_MET,
                        "2021-06",
                        "2020",
                        BUSES_SCHEDULED,
                        BUSES_MISSED,
                        BUSES_POSTPONED),
                course(
                        "is scheduled when a miss is recorded after the reschedule that followed it",
                        SCHEDULED,
                        "2022",
                        "2020",
                        BUSES_SCHEDULED,
                        BUSES_AGAIN,
                        BUSES_MISSED),
                course(
                        "stays partly met when rescheduled",
                        PARTIALLY_MET,
                        "2022",
                        "2020",
                        BUSES_SCHEDULED,
                        HALF,
                        BUSES_AGAIN),
                course(
                        "stays partly met when rescheduled twice",
                        PARTIALLY_MET,
                        null,
                        "2020",
                        BUSES_SCHEDULED,
                        HALF,
                        BUSES_AGAIN,
                        BUSES_ADRIFT),
                course("may be met", MET, "2020", "2020", BUSES_SCHEDULED, BUSES_MET),
                course(
                        "stays met when the slips of years before are recorded late",
                        MET,
                        "2022",
                        "2020",
                        BUSES_SCHEDULED,
                        BUSES_MET,
                        BUSES_POSTPONED,
                        BUSES_AGAIN),
                course(
                        "stays met when a reschedule overlaps",
                        MET,
                        "2023",
                        "2020",
                        BUSES_SCHEDULED,
                        BUSES_MET,
                        rescheduled("2022", "2023")),
                course(
                        "stays met when a miss of the year before is recorded late",
                        MET,
                        "2020",
                        "2020",
                        BUSES_SCHEDULED,
                        BUSES_MET,
                        BUSES_MISSED),
                course("is met if logged, with no date", MET, null, null, SURVEY_LOGGED),
                course("may be withdrawn", WITHDRAWN, null, null, FERRY_SCHEDULED, FERRY_WITHDRAWN),
                course(
                        "stays withdrawn whatever overlaps",
                        WITHDRAWN,
                        "2022",
                        "2020",
                        BUSES_SCHEDULED,
                        new MilestoneWithdrawn(PLAN, on("2021"), BUSES, Details.NONE),
                        BUSES_AGAIN),
                course(
                        "has the first date it was given as baseline",
                        SCHEDULED,
                        "2024",
                        "2022",
                        FERRY_SCHEDULED,
                        rescheduled("2020", "2022"),
                        rescheduled("2021", "2024")),
                course(
                        "has the baseline it was scheduled with, whatever is said of earlier days",
                        SCHEDULED,
                        "2020",
                        "2020",
                        BUSES_SCHEDULED,
                        rescheduled("2018", "2019")));
    }

    @ParameterizedTest(name = "a milestone {0}")
    @MethodSource("courses")
    void a_milestone(
            String course,
            MilestoneStatus status,
            @Nullable PartialDate due,
            @Nullable PartialDate baseline,
            List<MilestoneEvent> facts) {
        var then = after(facts);
        assertThat(then.outcome().status()).isEqualTo(status);
        assertThat(then.due()).isEqualTo(due);
        assertThat(then.baseline()).isEqualTo(baseline);
    }

    static Stream<Arguments> meetings() {
        var early = new MilestoneMet(PLAN, on("2022-06"), BUSES, Details.NONE);
        return Stream.of(
                since("as it was said", "2022-11-30", BUSES_SCHEDULED, BUSES_MET),
                since("as it was logged", "2018-11", SURVEY_LOGGED),
                since("by the earliest statement", "2022-06", BUSES_SCHEDULED, BUSES_MET, early),
                since(
                        "whatever reschedule lies between",
                        "2022-06",
                        BUSES_SCHEDULED,
                        BUSES_MET,
                        rescheduled("2022-08", "2023"),
                        early),
                since(
                        "whatever reschedule overlaps",
                        "2022-11-30",
                        BUSES_SCHEDULED,
                        BUSES_MET,
                        rescheduled("2022", "2023")),
                since(
                        "but not across a miss",
                        "2022-11-30",
                        BUSES_SCHEDULED,
                        new MilestoneMet(PLAN, on("2020"), BUSES, Details.NONE),
                        BUSES_MISSED,
                        BUSES_MET),
                since("not while it is scheduled", null, BUSES_SCHEDULED, BUSES_POSTPONED),
                since("not while it is missed", null, BUSES_SCHEDULED, BUSES_MISSED),
                since("not while it is partly met", null, BUSES_SCHEDULED, HALF),
                since("not once it is withdrawn", null, FERRY_SCHEDULED, FERRY_WITHDRAWN));
    }

    @ParameterizedTest(name = "a milestone is met {0}")
    @MethodSource("meetings")
    void a_milestone_is_met(String since, @Nullable PartialDate on, List<MilestoneEvent> facts) {
        assertThat(after(facts).metOn()).isEqualTo(on);
    }

    @Test
    void what_is_met_earns_its_whole_weight_and_what_is_partly_met_its_share() {
        assertThat(share(BUSES_SCHEDULED)).isZero();
        assertThat(share(BUSES_SCHEDULED, HALF)).isEqualByComparingTo("0.5");
        assertThat(share(BUSES_SCHEDULED, HALF, BUSES_AGAIN)).isEqualByComparingTo("0.5");
        assertThat(share(BUSES_SCHEDULED, HALF, partlyMet("2022", "0.75"))).isEqualByComparingTo("0.75");
        assertThat(share(BUSES_SCHEDULED, HALF, BUSES_MET)).isOne();
        assertThat(share(BUSES_SCHEDULED, BUSES_MISSED)).isZero();
        assertThat(share(SURVEY_LOGGED)).isOne();
        assertThat(share(FERRY_SCHEDULED, FERRY_WITHDRAWN)).isZero();
    }

    @Test
    void shares_are_equal_however_many_zeros_they_end_on() {
        assertThat(new Outcome(PARTIALLY_MET, new BigDecimal("0.50")))
                .isEqualTo(new Outcome(PARTIALLY_MET, new BigDecimal("0.5")));
    }

    @Test
    void a_course_is_no_different_for_facts_that_have_no_beginning() {
        assertThat(after(List.of(BUSES_MET)).outcome().status()).isEqualTo(MET);
        assertThat(after(List.of(BUSES_AGAIN)).baseline()).isEqualTo(on("2022"));
        assertThat(MilestoneCourse.NONE.outcome().status()).isEqualTo(SCHEDULED);
        assertThat(MilestoneCourse.NONE.due()).isNull();
    }

    private static Arguments course(
            String is,
            MilestoneStatus status,
            @Nullable String due,
            @Nullable String baseline,
            MilestoneEvent... facts) {
        return arguments(is, status, date(due), date(baseline), List.of(facts));
    }

    private static Arguments since(String is, @Nullable String on, MilestoneEvent... facts) {
        return arguments(is, date(on), List.of(facts));
    }

    private static @Nullable PartialDate date(@Nullable String text) {
        return text == null ? null : on(text);
    }

    private static MilestoneRescheduled rescheduled(String on, String due) {
        return new MilestoneRescheduled(PLAN, on(on), BUSES, on(due), Details.NONE);
    }

    private static MilestonePartiallyMet partlyMet(String on, String share) {
        return new MilestonePartiallyMet(PLAN, on(on), BUSES, new BigDecimal(share), Details.NONE);
    }

    private static BigDecimal share(MilestoneEvent... facts) {
        return after(List.of(facts)).outcome().share();
    }

    private static MilestoneCourse after(List<? extends MilestoneEvent> facts) {
        var course = MilestoneCourse.NONE;
        for (var fact : facts) course = course.evolve(fact);
        return course;
    }
}
