package milepost.query;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import milepost.command.Rejected;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.command.plan.Rules;
import milepost.event.Author;
import milepost.event.Basis;
import milepost.event.CityAmendment;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.MilestoneId;
import milepost.event.Money;
import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import milepost.event.Phase;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.ProjectId;
import milepost.event.Recorded;
import milepost.event.Story;
import milepost.log.Moment;
import milepost.plan.PlanRecord;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Combinators.F2;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Records of one plan as they could be: random requests, one after another, asked of the write side's own rules. */
public final class Histories {
    private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");

    private static final Arbitrary<ProjectId> PROJECTS =
            Arbitraries.of("p1", "p2").map(ProjectId::new);
    private static final Arbitrary<PartnershipId> PARTNERSHIPS =
            Arbitraries.of("a1", "a2").map(PartnershipId::new);
    private static final Arbitrary<OfficerId> OFFICERS =
            Arbitraries.of("o1", "o2").map(OfficerId::new);

    /** What somebody asks who knows how many facts there are and which day it is. */
    private interface Ask {
        Event of(long version, LocalDate today);
    }

    /** A date seen from a day, as precise as somebody would give it. */
    private interface Seen {
        PartialDate from(LocalDate day);
    }

    /** The same, for what may have no date. */
    private interface MaybeSeen {
        @Nullable
        PartialDate from(LocalDate day);
    }

    /** An amendment may leave its day out. */
    private record Turn(Duration after, Ask ask, boolean sinceBeginning) {}

    private final Arbitrary<Integer> precisions;
    private final Arbitrary<MilestoneId> milestones;

    private Histories(Arbitrary<Integer> precisions, Arbitrary<MilestoneId> milestones) {
        this.precisions = precisions;
        this.milestones = milestones;
    }

    /** Histories the rules admit, with days, months and years. */
    public static Arbitrary<List<Recorded>> admitted() {
        return withPartialDates().turns(Histories::asks, 60).map(Histories::admitted);
    }

    /** Histories the rules admit that are mostly of two milestones, each fact on a day. */
    public static Arbitrary<List<Recorded>> ofMilestonesWithDays() {
        return new Histories(Arbitraries.just(10), Arbitraries.of("m1", "m2").map(MilestoneId::new))
                .turns(Histories::milestoneAsks, 40)
                .map(Histories::admitted);
    }

    /** Facts that no rule has seen, in any order. */
    public static Arbitrary<List<Recorded>> unruly() {
        return withPartialDates()
                .turns(Histories::asks, 40)
                .flatMap(turns -> Arbitraries.shuffle(turns)
                        .map(shuffled -> recorded(shuffled, (plan, command) -> Optional.of(command.fact()))));
    }

    /** Whether a milestone, a project or a partnership is there by it. */
    public static boolean isBeginning(Event fact) {
        return fact instanceof MilestoneEvent.Beginning
                || fact instanceof ProjectAdded
                || fact instanceof PartnershipRecorded;
    }

    /** What was recorded of them by an instant. */
    static List<Recorded> asOf(Instant instant, List<Recorded> history) {
        return history.stream().filter(fact -> !fact.at().isAfter(instant)).toList();
    }

    private static Histories withPartialDates() {
        return new Histories(
                Arbitraries.of(10, 10, 7, 7, 4),
                Arbitraries.of("m1", "m2", "m3", "m4").map(MilestoneId::new));
    }

    private static List<Recorded> admitted(List<Turn> turns) {
        return recorded(turns, (plan, command) -> {
            try {
                return Rules.decide(plan, command);
            } catch (Rejected refused) {
                return Optional.empty();
            }
        });
    }

    private static List<Recorded> recorded(List<Turn> turns, F2<PlanRecord, Command, Optional<Event>> rules) {
        var history = new ArrayList<Recorded>();
        var plan = PlanRecord.NONE;
        var at = START;
        for (var turn : turns) {
            at = at.plus(turn.after);
            var today = Moment.day(at);
            var asked = new Command(
                    new Target(Story.PLAN, null, today), turn.ask.of(plan.version(), today), turn.sinceBeginning);
            var fact = rules.apply(plan, asked);
            if (fact.isEmpty()) continue;
            var version = plan.version() + 1;
            history.add(new Recorded(version * 10, version, at, Author.ANONYMOUS, fact.get()));
            plan = plan.and(history.getLast());
        }
        return history;
    }

    /** A plan with a project and a milestone, and whatever is asked of it then. */
    private Arbitrary<List<Turn>> turns(Function<Histories, Arbitrary<Ask>> asks, int most) {
        return Combinators.combine(
                        turn(opening()),
                        turn(adding()),
                        turn(scheduling()),
                        turn(asks.apply(this))
                                .list()
                                .ofMaxSize(most)
                                .withSizeDistribution(RandomDistribution.uniform()))
                .as((opening, adding, scheduling, more) -> {
                    var turns = new ArrayList<>(List.of(opening, adding, scheduling));
                    turns.addAll(more);
                    return turns;
                });
    }

    private static Arbitrary<Turn> turn(Arbitrary<Ask> asks) {
        var soon = Arbitraries.longs().between(1, 5_000_000).map(micros -> Duration.ofNanos(micros * 1_000));
        var later = Arbitraries.integers().between(1, 100 * 24).map(Duration::ofHours);
        return Combinators.combine(Arbitraries.oneOf(soon, later), asks, Arbitraries.of(true, false))
                .as(Turn::new);
    }

    private Arbitrary<Ask> asks() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, planAsks()),
                Tuple.of(2, officerAsks()),
                Tuple.of(4, projectAsks()),
                Tuple.of(4, scheduling()),
                Tuple.of(1, logging()),
                Tuple.of(5, rescheduling()),
                Tuple.of(7, outcomes()),
                Tuple.of(3, amending()),
                Tuple.of(4, partnershipAsks()),
                Tuple.of(3, retracting()));
    }

    private Arbitrary<Ask> milestoneAsks() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, scheduling()),
                Tuple.of(1, logging()),
                Tuple.of(8, rescheduling()),
                Tuple.of(12, outcomes()),
                Tuple.of(6, amending()),
                Tuple.of(2, projectAsks()),
                Tuple.of(4, retracting()));
    }

    private Arbitrary<Ask> opening() {
        return past().map(on -> (version, today) -> new PlanOpened(
                Story.PLAN,
                on.from(today),
                Story.PROFILE,
                Story.on("2018"),
                Story.on("2025"),
                Details.titled("Opened")));
    }

    private Arbitrary<Ask> planAsks() {
        var statuses = Arbitraries.frequency(
                Tuple.of(4, PlanStatus.ENDORSED),
                Tuple.of(4, PlanStatus.IN_PROGRESS),
                Tuple.of(2, PlanStatus.SUSPENDED),
                Tuple.of(2, PlanStatus.COMPLETED),
                Tuple.of(1, PlanStatus.CLOSED));
        Arbitrary<Ask> changes = Combinators.combine(past(), statuses, told())
                .as((on, status, told) ->
                        (version, today) -> new PlanStatusChanged(Story.PLAN, on.from(today), status, told));
        Arbitrary<Ask> reports = Combinators.combine(past(), healths(), told())
                .as((on, health, told) -> (version, today) ->
                        new PlanStatusReported(Story.PLAN, on.from(today), health.orElse(null), told));
        return Arbitraries.oneOf(changes, reports, planAmending());
    }

    private Arbitrary<Ask> planAmending() {
        var cities = Arbitraries.of(
                CityAmendment.NONE,
                new CityAmendment("Hillside", null, null, true, null, 900.0, null, null),
                new CityAmendment("Lakeside", "lakeside", "VN", null, 400.0, null, 1.0, 2.0));
        var years =
                Arbitraries.of("2018", "2020-06", "2024", "2030").map(Story::on).optional(0.5);
        return Combinators.combine(past(), cities, years, years, reasoned())
                .as((on, city, from, to, told) -> (version, today) ->
                        new PlanAmended(Story.PLAN, on.from(today), city, from.orElse(null), to.orElse(null), told));
    }

    private Arbitrary<Ask> officerAsks() {
        Arbitrary<Ask> appointed = Combinators.combine(
                        past(), OFFICERS, Arbitraries.of(OfficerRole.class), Arbitraries.of("Somchai", "Malee"))
                .as((on, officer, role, name) -> (version, today) -> new OfficerAppointed(
                        Story.PLAN, on.from(today), officer, role, name, "Deputy Mayor", Details.NONE));
        Arbitrary<Ask> relieved = Combinators.combine(past(), OFFICERS, told())
                .as((on, officer, told) ->
                        (version, today) -> new OfficerRelieved(Story.PLAN, on.from(today), officer, told));
        return Arbitraries.oneOf(appointed, relieved);
    }

    private Arbitrary<Ask> projectAsks() {
        Arbitrary<Ask> renames = Combinators.combine(past(), PROJECTS, titled())
                .as((on, id, told) -> (version, today) -> new ProjectRenamed(Story.PLAN, on.from(today), id, told));
        Arbitrary<Ask> phases = Combinators.combine(past(), PROJECTS, Arbitraries.of(Phase.class), told())
                .as((on, id, phase, told) ->
                        (version, today) -> new ProjectPhaseChanged(Story.PLAN, on.from(today), id, phase, told));
        Arbitrary<Ask> reports = Combinators.combine(past(), PROJECTS, healths(), told())
                .as((on, id, health, told) -> (version, today) ->
                        new ProjectStatusReported(Story.PLAN, on.from(today), id, health.orElse(null), told));
        Arbitrary<Ask> withdrawals = Combinators.combine(past(), PROJECTS, givenUp())
                .as((on, id, told) -> (version, today) -> new ProjectWithdrawn(Story.PLAN, on.from(today), id, told));
        return Arbitraries.frequencyOf(
                Tuple.of(3, adding()),
                Tuple.of(2, renames),
                Tuple.of(3, phases),
                Tuple.of(2, reports),
                Tuple.of(2, withdrawals));
    }

    private Arbitrary<Ask> adding() {
        var areas = Arbitraries.of("built-infrastructure", "civic-and-social", "quality-environment")
                .list()
                .uniqueElements()
                .ofMinSize(1);
        return Combinators.combine(beginning(), PROJECTS, areas, titled())
                .as((on, id, focus, told) ->
                        (version, today) -> new ProjectAdded(Story.PLAN, on.from(today), id, focus, told));
    }

    private Arbitrary<Ask> scheduling() {
        var weights = Arbitraries.integers().between(1, 5);
        return Combinators.combine(beginning(), milestones, PROJECTS.optional(0.7), due(), weights, titled())
                .as((on, id, project, due, weight, told) -> (version, today) -> new MilestoneScheduled(
                        Story.PLAN, on.from(today), id, project.orElse(null), due.from(today), weight, told));
    }

    private Arbitrary<Ask> logging() {
        return Combinators.combine(beginning(), milestones, PROJECTS.optional(0.5), titled())
                .as((on, id, project, told) -> (version, today) ->
                        new MilestoneLogged(Story.PLAN, on.from(today), id, project.orElse(null), 2, told));
    }

    private Arbitrary<Ask> rescheduling() {
        return Combinators.combine(past(), milestones, due(), told())
                .as((on, id, due, told) -> (version, today) ->
                        new MilestoneRescheduled(Story.PLAN, on.from(today), id, due.from(today), told));
    }

    private Arbitrary<Ask> outcomes() {
        Arbitrary<Ask> met = Combinators.combine(past(), milestones, told())
                .as((on, id, told) -> (version, today) -> new MilestoneMet(Story.PLAN, on.from(today), id, told));
        var shares = Arbitraries.integers().between(1, 99).map(percent -> BigDecimal.valueOf(percent, 2));
        Arbitrary<Ask> partly = Combinators.combine(past(), milestones, shares, told())
                .as((on, id, share, told) ->
                        (version, today) -> new MilestonePartiallyMet(Story.PLAN, on.from(today), id, share, told));
        Arbitrary<Ask> missed = Combinators.combine(past(), milestones, told())
                .as((on, id, told) -> (version, today) -> new MilestoneNotMet(Story.PLAN, on.from(today), id, told));
        Arbitrary<Ask> withdrawn = Combinators.combine(past(), milestones, givenUp())
                .as((on, id, told) -> (version, today) -> new MilestoneWithdrawn(Story.PLAN, on.from(today), id, told));
        return Arbitraries.frequencyOf(
                Tuple.of(2, met), Tuple.of(3, partly), Tuple.of(4, missed), Tuple.of(1, withdrawn));
    }

    private Arbitrary<Ask> amending() {
        var weights = Arbitraries.integers().between(1, 5).optional(0.5);
        return Combinators.combine(past(), milestones, PROJECTS.optional(0.3), weights, reasoned())
                .as((on, id, project, weight, told) -> (version, today) -> new MilestoneAmended(
                        Story.PLAN, on.from(today), id, project.orElse(null), weight.orElse(null), told));
    }

    private Arbitrary<Ask> partnershipAsks() {
        var programmes = Arbitraries.of("twinning", "smart-jamp", "us-ascp", "sister-cities")
                .optional(0.7);
        var partners = new Details("Agreed", null, null, List.of(Story.COACHWORKS), null, Basis.REPORTED);
        var amount = new Money(new BigDecimal("100.50"), "USD");
        Arbitrary<Ask> recorded = Combinators.combine(
                        beginning(),
                        PARTNERSHIPS,
                        PROJECTS.optional(0.5),
                        programmes,
                        Arbitraries.of(PartnershipStatus.class))
                .as((on, id, project, programme, status) -> (version, today) -> new PartnershipRecorded(
                        Story.PLAN,
                        on.from(today),
                        id,
                        project.orElse(null),
                        programme.orElse(null),
                        status,
                        amount,
                        partners));
        Arbitrary<Ask> changed = Combinators.combine(
                        past(), PARTNERSHIPS, Arbitraries.of(PartnershipStatus.class), told())
                .as((on, id, status, told) ->
                        (version, today) -> new PartnershipStatusChanged(Story.PLAN, on.from(today), id, status, told));
        var amounts =
                Arbitraries.of(amount, new Money(new BigDecimal("70"), "USD")).optional(0.5);
        Arbitrary<Ask> amended = Combinators.combine(past(), PARTNERSHIPS, programmes, amounts, reasoned())
                .as((on, id, programme, money, told) -> (version, today) -> new PartnershipAmended(
                        Story.PLAN, on.from(today), id, programme.orElse(null), money.orElse(null), told));
        return Arbitraries.frequencyOf(Tuple.of(2, recorded), Tuple.of(2, changed), Tuple.of(1, amended));
    }

    private static Arbitrary<Ask> retracting() {
        return Arbitraries.longs()
                .between(0, 80)
                .map(n -> (version, today) -> new FactRetracted(Story.PLAN, 1 + n % (version + 1), "wrong"));
    }

    private static Arbitrary<Optional<Health>> healths() {
        return Arbitraries.of(Health.class).optional(0.7);
    }

    private static Arbitrary<Details> titled() {
        return Arbitraries.of("Ferry", "Clinic", "Park", "School").map(Details::titled);
    }

    private static Arbitrary<Details> told() {
        return Arbitraries.of(
                Details.NONE,
                new Details(null, "As told.", "a reason", null, List.of(Story.NEWS), Basis.INFERRED),
                new Details("A step", null, null, List.of(Story.COACHWORKS), null, null));
    }

    /** Mostly for a reason, as it must be. */
    private static Arbitrary<Details> givenUp() {
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(Story.because("no money"))), Tuple.of(1, told()));
    }

    private static Arbitrary<Details> reasoned() {
        return Combinators.combine(Arbitraries.of("Ferry", "Pier", "Clinic").optional(0.5), Arbitraries.of(true, false))
                .as((title, partner) -> new Details(
                        title.orElse(null),
                        null,
                        "told wrongly",
                        partner ? List.of(Story.COACHWORKS) : null,
                        null,
                        null));
    }

    /** A date that may begin as late as today. */
    private Arbitrary<Seen> past() {
        return dates(0, 2_000);
    }

    /** Mostly before what happens then, which may not come before it. */
    private Arbitrary<Seen> beginning() {
        return dates(0, 3_000);
    }

    private Arbitrary<Seen> dates(int least, int most) {
        return Combinators.combine(Arbitraries.integers().between(least, most), precisions)
                .as((ago, precision) ->
                        day -> new PartialDate(day.minusDays(ago).toString().substring(0, precision)));
    }

    private Arbitrary<MaybeSeen> due() {
        return dates(-1_500, 1_500)
                .optional(0.85)
                .map(date -> day -> date.isPresent() ? date.get().from(day) : null);
    }
}
