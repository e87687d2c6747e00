package milepost.event;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import milepost.command.Target;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;

/** The invented city of Lakeside and what happened to its plan: the facts all tests tell their stories with. */
public final class Story {
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    public static final PlanId PLAN = new PlanId("lakeside");
    public static final OfficerId OFFICER = new OfficerId("csco");
    public static final ProjectId TRANSIT = new ProjectId("transit");
    public static final ProjectId PARKS = new ProjectId("parks");
    public static final MilestoneId BUSES = new MilestoneId("buses");
    public static final MilestoneId TICKETS = new MilestoneId("tickets");
    public static final MilestoneId FERRY = new MilestoneId("ferry");
    public static final MilestoneId SURVEY = new MilestoneId("survey");
    public static final PartnershipId MAKER = new PartnershipId("maker");

    /** A request of today by somebody who does not mind what happened meanwhile. */
    public static final Target LATEST = new Target(PLAN, null, TODAY);

    public static final Evidence NEWS = new Evidence("https://example.org/news", "0123456789abcdef".repeat(4));
    public static final Evidence DECLARATION = new Evidence("document:001_b33f537ef8695674.txt", null);
    public static final Organisation COACHWORKS =
            new Organisation("Lakeside Coachworks", "TH", Organisation.Kind.PRIVATE_SECTOR);

    public static final Organisation BOATYARD =
            new Organisation("Lakeside Boatyard", "TH", Organisation.Kind.PRIVATE_SECTOR);

    public static final CityProfile PROFILE =
            new CityProfile("Lakeside", "lakeside", "Thailand", "TH", false, 1234.5, 7066.0, 14.25, 100.5);

    public static final PlanOpened OPENED = new PlanOpened(
            PLAN,
            on("2018"),
            PROFILE,
            on("2018"),
            on("2025"),
            new Details("Lakeside joins the network", null, null, null, List.of(DECLARATION), Basis.REPORTED));
    public static final PlanAmended PLAN_AMENDED = new PlanAmended(
            PLAN,
            on("2018"),
            new CityAmendment("Lakeside", "lakeside", "TH", true, 1234.5, 7066.0, 14.5, 100.5),
            on("2018"),
            on("2025"),
            new Details("Lakeside joins the network", null, "it is the capital", null, List.of(NEWS), Basis.REPORTED));
    public static final PlanStatusChanged ENDORSED = new PlanStatusChanged(
            PLAN,
            on("2018-07-08"),
            PlanStatus.ENDORSED,
            new Details("Endorsed", null, "adopted by the council", null, List.of(NEWS), Basis.REPORTED));
    public static final PlanStatusChanged CLOSED =
            new PlanStatusChanged(PLAN, on("2025-12-31"), PlanStatus.CLOSED, because("its years are over"));
    public static final PlanStatusReported PLAN_REPORTED = new PlanStatusReported(
            PLAN, on("2023"), null, new Details(null, "Half of it is done.", null, null, null, Basis.REPORTED));
    public static final OfficerAppointed OFFICER_APPOINTED = new OfficerAppointed(
            PLAN, on("2018"), OFFICER, OfficerRole.CSCO, "Somchai Lakeside", "Deputy Mayor", Details.NONE);
    public static final OfficerRelieved OFFICER_RELIEVED =
            new OfficerRelieved(PLAN, on("2024-03"), OFFICER, because("retired"));

    public static final ProjectAdded PROJECT_ADDED = new ProjectAdded(
            PLAN, on("2018"), TRANSIT, List.of("built-infrastructure", "quality-environment"), titled("Buses"));
    public static final ProjectRenamed PROJECT_RENAMED =
            new ProjectRenamed(PLAN, on("2019-02"), TRANSIT, titled("Electric buses"));
    public static final ProjectPhaseChanged PROJECT_PREPARED =
            new ProjectPhaseChanged(PLAN, on("2019-03-01"), TRANSIT, Phase.PREPARATION, Details.NONE);
    public static final ProjectStatusReported PROJECT_REPORTED = new ProjectStatusReported(
            PLAN,
            on("2020-06"),
            TRANSIT,
            Health.DELAYED,
            new Details(null, "The tender found no bidder.", null, null, null, Basis.INFERRED));
    public static final ProjectAdded PARKS_ADDED =
            new ProjectAdded(PLAN, on("2018"), PARKS, List.of("civic-and-social"), titled("Parks"));
    public static final ProjectWithdrawn PARKS_WITHDRAWN =
            new ProjectWithdrawn(PLAN, on("2020-01-15"), PARKS, because("no budget"));

    public static final MilestoneScheduled BUSES_SCHEDULED = new MilestoneScheduled(
            PLAN,
            on("2019"),
            BUSES,
            TRANSIT,
            on("2020"),
            2,
            new Details(
                    "Electric buses in service",
                    "Forty buses on three lines.",
                    null,
                    List.of(COACHWORKS),
                    List.of(NEWS, DECLARATION),
                    Basis.DERIVED));
    public static final MilestoneRescheduled BUSES_POSTPONED =
            new MilestoneRescheduled(PLAN, on("2020-05"), BUSES, on("2021-06"), because("pandemic"));
    public static final MilestoneNotMet BUSES_MISSED = new MilestoneNotMet(PLAN, on("2021-06"), BUSES, Details.NONE);
    public static final MilestoneRescheduled BUSES_AGAIN =
            new MilestoneRescheduled(PLAN, on("2021-09-01"), BUSES, on("2022"), because("new tender"));
    public static final MilestoneRescheduled BUSES_ADRIFT =
            new MilestoneRescheduled(PLAN, on("2021-09-01"), BUSES, null, because("no bidder"));
    public static final MilestoneMet BUSES_MET = new MilestoneMet(
            PLAN,
            on("2022-11-30"),
            BUSES,
            new Details("First day of service", null, null, List.of(COACHWORKS), List.of(NEWS), Basis.REPORTED));

    public static final MilestoneScheduled TICKETS_SCHEDULED = new MilestoneScheduled(
            PLAN, on("2019-04"), TICKETS, TRANSIT, on("2023-06-30"), 1, titled("One ticket for all lines"));
    public static final MilestonePartiallyMet TICKETS_PARTLY_MET =
            new MilestonePartiallyMet(PLAN, on("2023-06-30"), TICKETS, new BigDecimal("0.5"), Details.NONE);
    public static final MilestoneScheduled FERRY_SCHEDULED =
            new MilestoneScheduled(PLAN, on("2019"), FERRY, TRANSIT, null, 1, titled("Ferry across the lake"));
    public static final MilestoneWithdrawn FERRY_WITHDRAWN =
            new MilestoneWithdrawn(PLAN, on("2021"), FERRY, because("no landing"));
    public static final MilestoneLogged SURVEY_LOGGED = new MilestoneLogged(
            PLAN,
            on("2018-11"),
            SURVEY,
            null,
            1,
            new Details("Residents were asked", null, null, null, List.of(NEWS), Basis.REPORTED));

    public static final PartnershipRecorded PARTNERSHIP_AGREED = new PartnershipRecorded(
            PLAN,
            on("2019-05"),
            MAKER,
            TRANSIT,
            "twinning",
            PartnershipStatus.AGREED,
            new Money(new BigDecimal("1200000.50"), "USD"),
            new Details("Buses are built here", null, null, List.of(COACHWORKS), List.of(NEWS), Basis.REPORTED));
    public static final PartnershipStatusChanged PARTNERSHIP_ENDED =
            new PartnershipStatusChanged(PLAN, on("2023-01"), MAKER, PartnershipStatus.ENDED, because("buses built"));

    public static final MilestoneAmended FERRY_AMENDED = new MilestoneAmended(
            PLAN,
            on("2019"),
            FERRY,
            TRANSIT,
            1,
            new Details("Ferry over the lake", null, "misspelt", null, List.of(NEWS), Basis.REPORTED));
    public static final PartnershipAmended PARTNERSHIP_AMENDED = new PartnershipAmended(
            PLAN,
            on("2021-02"),
            MAKER,
            "twinning",
            new Money(new BigDecimal("900000"), "USD"),
            new Details("Buses are made here", null, "fewer buses", List.of(BOATYARD), List.of(NEWS), Basis.REPORTED));

    /** Takes back {@link #PLAN_REPORTED} where {@link #story} has it. */
    public static final FactRetracted REPORT_RETRACTED = new FactRetracted(PLAN, 23, "it was another city's report");

    private Story() {}

    /** All of it, as it was recorded: the rules admit every fact after those before it. */
    public static List<Event> story() {
        return List.of(
                OPENED,
                OFFICER_APPOINTED,
                PROJECT_ADDED,
                PARKS_ADDED,
                ENDORSED,
                BUSES_SCHEDULED,
                TICKETS_SCHEDULED,
                FERRY_SCHEDULED,
                PROJECT_RENAMED,
                PROJECT_PREPARED,
                SURVEY_LOGGED,
                PARTNERSHIP_AGREED,
                PARKS_WITHDRAWN,
                BUSES_POSTPONED,
                PROJECT_REPORTED,
                BUSES_MISSED,
                BUSES_AGAIN,
                FERRY_WITHDRAWN,
                BUSES_MET,
                PARTNERSHIP_ENDED,
                TICKETS_PARTLY_MET,
                OFFICER_RELIEVED,
                PLAN_REPORTED,
                REPORT_RETRACTED,
                CLOSED,
                FERRY_AMENDED,
                PARTNERSHIP_AMENDED,
                PLAN_AMENDED);
    }

    public static PartialDate on(String text) {
        return new PartialDate(text);
    }

    public static Details titled(String title) {
        return Details.titled(title);
    }

    public static Details because(String reason) {
        return new Details(null, null, reason, null, null, null);
    }
}
