package milepost.query.past;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.plan.PlanRecord;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRows;

/**
 * A plan at one moment, and what says so.
 *
 * @param record what was recorded by then
 */
record View(LocalDate day, PlanRecord record, Optional<PlanRows> rows) {
    static View of(List<Recorded> recorded, Moment moment, LocalDate today) {
        var known = recorded.stream().filter(fact -> isKnown(fact, moment)).toList();
        var record = PlanRecord.of(known).on(moment.on());
        return new View(moment.day(today), record, PlanRows.of(record));
    }

    /** The facts that count then; none while there is no plan, also if its parts have happened by then. */
    List<Recorded> facts() {
        return rows.isPresent() ? record.facts() : List.of();
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
