package milepost.query.projection;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import milepost.event.PlanId;
import milepost.log.store.KeptRecords;
import milepost.plan.PlanRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings plans' rows up to their records, one at a time for each plan and projection, whoever asks: processors, operators, nodes. */
@Component
public class Refresh {
    private final JdbcClient jdbc;
    private final KeptRecords records;
    private final TransactionTemplate nested;

    Refresh(JdbcClient jdbc, KeptRecords records, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.records = records;
        this.nested = new TransactionTemplate(transactions);
        // What fails here is undone to this point, and the processor can still set the fact aside as a dead letter.
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Brings the rows of one plan to at least the version. */
    public void to(long version, PlanId plan, Projection projection) {
        nested.executeWithoutResult(status -> {
            var rows = claim(List.of(plan), projection);
            if (rows.getOrDefault(plan, 0L) < version)
                write(Map.of(plan, records.atLeast(version, plan)), rows, projection);
        });
    }

    /**
     * Nobody else writes rows of these plans until the caller's transaction ends.
     *
     * @return the versions that their rows are of; nothing of those that have none
     */
    public Map<PlanId, Long> claim(Collection<PlanId> plans, Projection projection) {
        takeTurns(plans, projection);
        return versions(plans, projection);
    }

    /**
     * Brings the rows of plans to at least what the records say, in the caller's transaction, and table by table.
     *
     * @param rows the versions that they are of, as they were claimed
     */
    public void write(Map<PlanId, PlanRecord> found, Map<PlanId, Long> rows, Projection projection) {
        var news = found.entrySet().stream()
                .map(entry -> new News(entry.getKey(), rows.getOrDefault(entry.getKey(), 0L), entry.getValue()))
                .filter(one -> one.since() < one.record().version())
                .toList();
        if (!news.isEmpty()) projection.write(news, "");
    }

    /** In one order for everybody, so that no two wait for each other. */
    private void takeTurns(Collection<PlanId> plans, Projection projection) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(turn, 0)) from unnest(?) as turn")
                .param(plans.stream()
                        .map(plan -> projection.name() + "/" + plan)
                        .sorted()
                        .toArray(String[]::new))
                .query((row, i) -> true)
                .list();
    }

    private Map<PlanId, Long> versions(Collection<PlanId> plans, Projection projection) {
        return jdbc
                .sql("select plan, version from " + projection.tables().getFirst() + " where plan = any (?)")
                .param(plans.stream().map(PlanId::text).toArray(String[]::new))
                .query((row, i) -> Map.entry(new PlanId(row.getString(1)), row.getLong(2)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
