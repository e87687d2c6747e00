package milepost.query.projection;

import milepost.event.PlanId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Refreshes a plan's rows, one at a time for each plan and projection, whoever asks: processors, rebuilds, nodes. */
@Component
public class Refresh {
    private final JdbcClient jdbc;
    private final TransactionTemplate nested;

    Refresh(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.nested = new TransactionTemplate(transactions);
        // What fails here is undone to this point, and the processor can still set the fact aside as a dead letter.
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Brings the rows to at least the version; rows that are there already cost one look, and no turn is waited for. */
    public void to(long version, PlanId plan, Projection projection) {
        if (version(plan, projection) >= version) return;
        nested.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                    .param(projection.name() + "/" + plan)
                    .query((row, i) -> true)
                    .single();
            if (version(plan, projection) < version) projection.refresh(plan);
        });
    }

    /** The version the plan's rows are of; 0 if there are none. */
    public long version(PlanId plan, Projection projection) {
        return jdbc.sql("select version from " + projection.tables().getFirst() + " where plan = ?")
                .param(plan.text())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
