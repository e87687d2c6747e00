package milepost.command.plan;

import static milepost.command.Reason.FACT_BUILT_UPON;
import static milepost.command.Reason.OPENING_STAYS;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.RETRACTION_STAYS;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import milepost.command.Rejected;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.PlanEvent.PlanOpened;

/** When a fact may be left out: if the rules admit all that remains. */
final class Retraction {
    private Retraction() {}

    static Optional<Event> decide(Chronicle chronicle, FactRetracted retraction) {
        var version = retraction.version();
        if (version > chronicle.version()) {
            throw new Rejected(
                    OUT_OF_BOUNDS,
                    "There is no such fact.",
                    List.of(new Rejected.Field("version", "the plan's last fact has version " + chronicle.version())));
        }
        var fact = chronicle.facts().get((int) version - 1);
        if (fact instanceof PlanOpened) throw OPENING_STAYS.rejected("The plan's opening cannot be retracted.");
        if (fact instanceof FactRetracted) {
            throw RETRACTION_STAYS.rejected("A retraction cannot be retracted; record the fact again instead.");
        }
        var standing = chronicle.standing();
        if (!standing.containsKey(version)) return Optional.empty();
        var remaining = new TreeMap<>(standing);
        remaining.remove(version);
        var refused = refused(remaining, version);
        if (!refused.isEmpty())
            refused.keySet().removeAll(refused(standing, version).keySet());
        if (!refused.isEmpty()) {
            var first = refused.firstKey();
            var kind =
                    EventTypes.name(chronicle.facts().get(first.intValue() - 1).getClass());
            throw FACT_BUILT_UPON.rejected("Version " + first + " (" + kind
                    + ") builds on it; retract that first. Without version " + version + ": " + refused.get(first));
        }
        return Optional.of(retraction);
    }

    /** The facts after a version that could not have followed those before them, and why. */
    private static SortedMap<Long, String> refused(SortedMap<Long, Happening> facts, long version) {
        var refused = new TreeMap<Long, String>();
        var before = new ArrayList<Happening>();
        var known = ActionPlan.NONE;
        var lastDay = LocalDate.MIN;
        for (var next : facts.entrySet()) {
            var fact = next.getValue();
            if (next.getKey() > version) {
                var day = fact.on().latest();
                var then = lastDay.isAfter(day) ? Chronicle.on(day, before) : known;
                try {
                    Chronicle.admit(new Ground(known, then), fact);
                } catch (Rejected e) {
                    refused.put(next.getKey(), e.getMessage());
                }
            }
            before.add(fact);
            known = known.evolve(fact);
            if (fact.countsFrom().isAfter(lastDay)) lastDay = fact.countsFrom();
        }
        return refused;
    }
}
