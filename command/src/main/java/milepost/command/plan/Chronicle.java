package milepost.command.plan;

import static milepost.command.Reason.ALREADY_RECORDED;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.PLAN_CLOSED;
import static milepost.command.Reason.PLAN_UNKNOWN;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import milepost.command.Rejected;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.MilestoneEvent;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent;

/** Every fact recorded of one plan, in order; decides which one may come next. */
public record Chronicle(List<Event> facts) {
    public Chronicle {
        facts = List.copyOf(facts);
    }

    /** The number of the plan's facts. */
    public long version() {
        return facts.size();
    }

    public Chronicle and(Event fact) {
        var more = new ArrayList<>(facts);
        more.add(fact);
        return new Chronicle(more);
    }

    /**
     * The fact to record, or none if it would be no news.
     *
     * @throws Rejected if a bound or a rule refuses it
     */
    public Optional<Event> decide(Command command) {
        var broken = command.outOfBounds();
        if (!broken.isEmpty()) throw new Rejected(OUT_OF_BOUNDS, "Some fields are out of bounds.", broken);
        return switch (command.fact()) {
            case FactRetracted retraction -> Retraction.decide(this, retraction);
            case Happening fact -> decide(fact, command.target().today());
        };
    }

    private Optional<Event> decide(Happening fact, LocalDate today) {
        var standing = standing();
        var ground = ground(standing.values(), fact);
        var changesNothing = ground.then().says(fact);
        if (changesNothing && (standing.containsValue(fact) || saysOnlyThatItIsSo(fact, today))) {
            return Optional.empty();
        }
        admit(ground, fact);
        if (changesNothing) {
            throw ALREADY_RECORDED.rejected("This is how it stands on " + fact.on()
                    + " already; to correct what was said of it, retract that fact and record it again.");
        }
        return Optional.of(fact);
    }

    private static boolean saysOnlyThatItIsSo(Happening fact, LocalDate today) {
        if (fact instanceof PlanOpened) return false; // it says much more
        return fact.on().equals(PartialDate.of(today)) && fact.details().equals(Details.NONE);
    }

    /** Passes if the rules let the fact follow on this ground. */
    static void admit(Ground ground, Happening fact) {
        if (ground.known().opening() == null && !(fact instanceof PlanOpened)) {
            throw PLAN_UNKNOWN.rejected("There is no plan '" + fact.plan() + "'; open it first.");
        }
        if (ground.then().currentStatus() == PlanStatus.CLOSED && !(fact instanceof PlanStatusChanged)) {
            throw PLAN_CLOSED.rejected("The plan is closed on " + fact.on()
                    + " and takes nothing but being reopened, by a change of its status.");
        }
        switch (fact) {
            case PlanEvent e -> PlanRules.admit(ground, e);
            case ProjectEvent e -> ProjectRules.admit(ground, e);
            case MilestoneEvent e -> MilestoneRules.admit(ground, e);
            case PartnershipEvent e -> PartnershipRules.admit(ground, e);
        }
    }

    /** What has not been retracted, by version. */
    SortedMap<Long, Happening> standing() {
        var standing = new TreeMap<Long, Happening>();
        var version = 0L;
        for (var fact : facts) {
            version++;
            switch (fact) {
                case Happening happening -> standing.put(version, happening);
                case FactRetracted retraction -> standing.remove(retraction.version());
            }
        }
        return standing;
    }

    static Ground ground(Collection<Happening> facts, Happening next) {
        return new Ground(fold(facts.stream()), on(next.on().latest(), facts));
    }

    /** The plan as it stood on a day, as far as these facts know. */
    static ActionPlan on(LocalDate day, Collection<Happening> facts) {
        return fold(facts.stream().filter(fact -> !fact.countsFrom().isAfter(day)));
    }

    private static ActionPlan fold(Stream<Happening> facts) {
        var plan = ActionPlan.NONE;
        for (var fact : (Iterable<Happening>) facts::iterator) plan = plan.evolve(fact);
        return plan;
    }
}
