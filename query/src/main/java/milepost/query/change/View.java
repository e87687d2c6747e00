package milepost.query.change;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import milepost.event.Recorded;
import milepost.query.history.Cut;
import milepost.query.history.Moment;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRows;

/**
 * A plan at one moment, and what says so.
 *
 * @param recorded every fact recorded by then
 * @param facts those that count then; none while there is no plan, also if its parts have happened by then
 */
record View(LocalDate day, List<Recorded> recorded, List<Recorded> facts, Optional<PlanRows> rows) {
    static View of(List<Recorded> recorded, Moment moment, LocalDate today) {
        var known = recorded.stream().filter(fact -> isKnown(fact, moment)).toList();
        var cut = Cut.of(known, moment.on());
        var rows = cut.flatMap(PlanRows::of);
        var facts = rows.flatMap(plan -> cut).map(Cut::facts).orElse(List.of());
        return new View(moment.day(today), known, facts, rows);
    }

    Optional<Plan> plan() {
        return rows.map(all -> Plan.on(day, all));
    }

    Changes.Side side() {
        return new Changes.Side(
                day,
                rows.map(all -> all.plan().version()).orElse(null),
                rows.map(all -> all.plan().at()).orElse(null),
                plan().map(Plan::indicators).orElse(null));
    }

    private static boolean isKnown(Recorded fact, Moment moment) {
        return (moment.asOf() == null || !fact.at().isAfter(moment.asOf()))
                && (moment.version() == null || fact.version() <= moment.version());
    }
}
