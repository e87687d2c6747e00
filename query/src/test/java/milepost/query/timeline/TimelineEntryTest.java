package milepost.query.timeline;

import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_ADRIFT;
import static milepost.event.Story.BUSES_AGAIN;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_POSTPONED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.COACHWORKS;
import static milepost.event.Story.FERRY_SCHEDULED;
import static milepost.event.Story.FERRY_WITHDRAWN;
import static milepost.event.Story.MAKER;
import static milepost.event.Story.NEWS;
import static milepost.event.Story.OFFICER;
import static milepost.event.Story.OFFICER_APPOINTED;
import static milepost.event.Story.OFFICER_RELIEVED;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PARTNERSHIP_ENDED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.PROJECT_PREPARED;
import static milepost.event.Story.PROJECT_RENAMED;
import static milepost.event.Story.SURVEY_LOGGED;
import static milepost.event.Story.TICKETS_PARTLY_MET;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.on;
import static milepost.event.Story.story;
import static milepost.query.Told.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import milepost.event.Author;
import milepost.event.Basis;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.FactRetracted;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.OfficerRole;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectId;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;
import milepost.query.Told;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineEntryTest {
    private static final List<Recorded> STORY = Told.recorded(story());

    @Test
    void the_story_of_lakeside() {
        assertThat(texts(PlanRecord.of(STORY)))
                .containsExactly(
                        "Plan of Lakeside opened, for 2018 to 2025",
                        "Somchai Lakeside appointed as Chief Smart City Officer",
                        "Project added: Buses",
                        "Project added: Parks",
                        "Plan is endorsed: Endorsed",
                        "Milestone scheduled (due 2020): Electric buses in service",
                        "Milestone scheduled (due 2023-06-30): One ticket for all lines",
                        "Milestone scheduled: Ferry across the lake",
                        "“Buses” renamed: Electric buses",
                        "“Electric buses” enters the phase preparation",
                        "Milestone met: Residents were asked",
                        "Partnership agreed: Buses are built here",
                        "“Parks” withdrawn",
                        "“Electric buses in service” rescheduled from 2020 to 2021-06",
                        "“Electric buses” reported delayed",
                        "“Electric buses in service” not met (due 2021-06)",
                        "“Electric buses in service” rescheduled from 2021-06 to 2022",
                        "“Ferry across the lake” withdrawn",
                        "“Electric buses in service” met (due 2022): First day of service",
                        "“Buses are built here” is ended",
                        "“One ticket for all lines” partly met (0.5 of its weight)",
                        "Somchai Lakeside relieved",
                        "Plan is closed",
                        "“Ferry across the lake” amended: title “Ferry across the lake” → “Ferry over the lake”",
                        "“Buses are built here” amended: title “Buses are built here” → “Buses are made here”,"
                                + " amount 1200000.50 USD → 900000 USD,"
                                + " partners Lakeside Coachworks → Lakeside Boatyard",
                        "Plan amended: capital no → yes, latitude 14.25 → 14.5");
    }

    @Test
    void before_its_retraction_the_wrong_report_was_part_of_the_story() {
        assertThat(texts(PlanRecord.of(STORY.subList(0, 23)))).endsWith("Plan reported");
    }

    @Test
    void every_kind_of_fact_about_the_world_has_its_sentence_in_the_story() {
        var facts = STORY.stream()
                .filter(fact -> !(fact.event() instanceof FactRetracted))
                .toList();
        var told = TimelineEntry.of(PlanRecord.of(facts)).stream()
                .map(TimelineEntry::kind)
                .collect(Collectors.toSet());
        assertThat(told).hasSize(EventTypes.all().size() - 1).doesNotContain("FactRetracted");
        assertThat(EventTypes.all().keySet()).containsAll(told);
    }

    @Test
    void a_postponement_with_no_date_says_so() {
        assertThat(last(OPENED, BUSES_SCHEDULED, BUSES_ADRIFT))
                .isEqualTo("“Electric buses in service” postponed with no date (was due 2020)");
        assertThat(last(OPENED, FERRY_SCHEDULED, rescheduled(null)))
                .isEqualTo("“Ferry across the lake” postponed with no date");
        assertThat(last(OPENED, FERRY_SCHEDULED, rescheduled("2027")))
                .isEqualTo("“Ferry across the lake” rescheduled to 2027");
    }

    @Test
    void a_slip_recorded_late_moves_the_date_that_held_on_its_own_day() {
        assertThat(last(OPENED, BUSES_SCHEDULED, BUSES_AGAIN, BUSES_POSTPONED))
                .isEqualTo("“Electric buses in service” rescheduled from 2020 to 2021-06");
        assertThat(last(OPENED, BUSES_SCHEDULED, BUSES_POSTPONED, BUSES_AGAIN, BUSES_MISSED))
                .isEqualTo("“Electric buses in service” not met (due 2021-06)");
    }

    @Test
    void an_amendment_tells_what_held_on_its_own_day_and_what_holds_now() {
        assertThat(last(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED, amended("2021", "Buses", PARKS, 5)))
                .isEqualTo("“Electric buses in service” amended: title “Electric buses in service” → “Buses”,"
                        + " project “Buses” → “Parks”, weight 2 → 5");
        assertThat(last(OPENED, BUSES_SCHEDULED, amended("2021", null, null, 5), amended("2019", "Buses", null, 3)))
                .isEqualTo(
                        "“Electric buses in service” amended: title “Electric buses in service” → “Buses”, weight 2 → 3");
        assertThat(last(OPENED, SURVEY_LOGGED, PARKS_ADDED, surveyInParks()))
                .isEqualTo("“Residents were asked” amended: project “Parks”");
        assertThat(last(OPENED, BUSES_SCHEDULED, amended("2019", "Buses", null, null), BUSES_MET))
                .isEqualTo("“Buses” met (due 2020): First day of service");
    }

    private static MilestoneAmended amended(
            String day, @Nullable String title, @Nullable ProjectId project, @Nullable Integer weight) {
        return new MilestoneAmended(
                PLAN, on(day), BUSES, project, weight, new Details(title, null, "told wrongly", null, null, null));
    }

    private static MilestoneAmended surveyInParks() {
        return new MilestoneAmended(PLAN, on("2018-11"), SURVEY_LOGGED.milestone(), PARKS, null, Details.NONE);
    }

    @Test
    void what_is_unknown_is_called_by_its_id() {
        assertThat(last(OPENED, amended("2019", "Buses", null, 2)))
                .isEqualTo("“buses” amended: title “Buses”, weight 2");
        assertThat(last(OPENED, PROJECT_PREPARED)).isEqualTo("“transit” enters the phase preparation");
        assertThat(last(OPENED, BUSES_MET)).isEqualTo("“buses” met: First day of service");
        assertThat(last(OPENED, PARTNERSHIP_ENDED)).isEqualTo("“maker” is ended");
        assertThat(last(OPENED, OFFICER_RELIEVED)).isEqualTo("csco relieved");
    }

    @Test
    void names_are_those_of_just_before() {
        var again = new ProjectRenamed(PLAN, on("2020"), TRANSIT, Details.titled("Trams"));
        assertThat(last(OPENED, PROJECT_ADDED, PROJECT_RENAMED, again)).isEqualTo("“Electric buses” renamed: Trams");
    }

    @Test
    void a_national_representative_is_one_in_words() {
        assertThat(last(new OfficerAppointed(
                        PLAN,
                        on("2018"),
                        OFFICER,
                        OfficerRole.NATIONAL_REPRESENTATIVE,
                        "Malee Lakeside",
                        null,
                        Details.NONE)))
                .isEqualTo("Malee Lakeside appointed as National Representative");
        assertThat(last(OFFICER_APPOINTED)).endsWith("Chief Smart City Officer");
    }

    @Test
    void an_entry_tells_all_that_was_told_with_its_fact() {
        var history = Told.recorded(OPENED, BUSES_SCHEDULED, BUSES_MET);
        var entry = TimelineEntry.of(PlanRecord.of(history)).getLast();
        assertThat(entry.version()).isEqualTo(3);
        assertThat(entry.at()).isEqualTo(Told.at(3));
        assertThat(entry.on()).isEqualTo(on("2022-11-30"));
        assertThat(entry.kind()).isEqualTo("MilestoneMet");
        assertThat(entry.milestone()).isEqualTo(BUSES);
        assertThat(entry.project()).isNull();
        assertThat(entry.partnership()).isNull();
        assertThat(entry.organisations()).containsExactly(COACHWORKS);
        assertThat(entry.evidence()).containsExactly(NEWS);
        assertThat(entry.basis()).isEqualTo(Basis.REPORTED);
        assertThat(entry.by()).isEqualTo(Author.ANONYMOUS);
    }

    @Test
    void an_entry_names_what_it_is_about() {
        var project = entry(PROJECT_PREPARED);
        assertThat(project.project()).isEqualTo(TRANSIT);
        assertThat(project.milestone()).isNull();
        var partnership = entry(PARTNERSHIP_AGREED);
        assertThat(partnership.partnership()).isEqualTo(MAKER);
        assertThat(partnership.project()).isNull();
        assertThat(entry(BUSES_SCHEDULED).narrative()).isEqualTo("Forty buses on three lines.");
        assertThat(entry(BUSES_SCHEDULED).basis()).isEqualTo(Basis.DERIVED);
        assertThat(entry(FERRY_WITHDRAWN).reason()).isEqualTo("no landing");
        assertThat(entry(TICKETS_PARTLY_MET).evidence()).isEmpty();
    }

    @Test
    void entries_stay_in_the_order_they_were_recorded_in() {
        var entries = TimelineEntry.of(record(OPENED, BUSES_MET, BUSES_SCHEDULED));
        assertThat(entries).extracting(TimelineEntry::version).containsExactly(1L, 2L, 3L);
    }

    private static MilestoneRescheduled rescheduled(@Nullable String due) {
        return new MilestoneRescheduled(
                PLAN, on("2021"), FERRY_SCHEDULED.milestone(), due == null ? null : on(due), Details.NONE);
    }

    private static TimelineEntry entry(Event fact) {
        return TimelineEntry.of(record(OPENED, fact)).getLast();
    }

    private static String last(Event... facts) {
        return texts(record(facts)).getLast();
    }

    private static List<String> texts(PlanRecord record) {
        return TimelineEntry.of(record).stream().map(TimelineEntry::text).toList();
    }
}
