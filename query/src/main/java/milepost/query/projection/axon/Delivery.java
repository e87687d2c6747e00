package milepost.query.projection.axon;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import milepost.database.Trouble;
import milepost.event.PlanId;
import milepost.log.store.KeptRecords;
import milepost.plan.PlanRecord;
import milepost.query.projection.Projection;
import milepost.query.projection.Refresh;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Takes the facts that a processor delivers to a projection: those of a batch are written together before it is committed. A fact that
 * cannot be read fails by itself, so that it alone is set aside.
 */
public final class Delivery {
    /** What a batch has in memory at most before it writes. */
    private static final int MOST_FACTS = 10_000;

    private final Projection projection;
    private final Refresh refresh;
    private final KeptRecords records;

    /** What rows could not be written with: these plans are written one by one until the guilty fact is found. */
    private final Set<PlanId> suspected = ConcurrentHashMap.newKeySet();

    public Delivery(Projection projection, Refresh refresh, KeptRecords records) {
        this.projection = projection;
        this.refresh = refresh;
        this.records = records;
    }

    /** The name of the processor that delivers. */
    public String processor() {
        return projection.name();
    }

    /** Any fact, also one that this version does not know: then its plan cannot be read, and it is set aside. */
    @EventHandler
    public void on(DomainEventMessage<?> fact) {
        var plan = new PlanId(fact.getAggregateIdentifier());
        var version = fact.getSequenceNumber() + 1;
        records.confirm(plan, version, fact.getTimestamp());
        if (CurrentUnitOfWork.get() instanceof BatchingUnitOfWork<?> work) {
            work.getOrComputeResource(projection.name() + "/batch", name -> new Batch(work))
                    .handle(version, plan);
        } else {
            refresh.to(version, plan, projection);
        }
    }

    /** The plans that the facts of one unit of work are about. */
    private final class Batch {
        private final Map<PlanId, Long> rows;
        private final Map<PlanId, PlanRecord> found = new HashMap<>();
        private long facts;

        Batch(BatchingUnitOfWork<?> work) {
            this.rows = refresh.claim(
                    work.getMessages().stream()
                            .map(message -> (DomainEventMessage<?>) message)
                            .map(fact -> new PlanId(fact.getAggregateIdentifier()))
                            .collect(Collectors.toSet()),
                    projection);
            work.onPrepareCommit(unit -> write());
        }

        void handle(long version, PlanId plan) {
            if (suspected.contains(plan)) {
                refresh.to(version, plan, projection);
                rows.merge(plan, version, Math::max);
                suspected.remove(plan);
                return;
            }
            var known = found.get(plan);
            if (rows.getOrDefault(plan, 0L) >= version || (known != null && known.version() >= version)) return;
            var record = records.atLeast(version, plan);
            found.put(plan, record);
            facts += record.version() - rows.getOrDefault(plan, 0L);
            if (facts > MOST_FACTS) write();
        }

        private void write() {
            if (found.isEmpty()) return;
            try {
                refresh.write(found, rows, projection);
            } catch (RuntimeException e) {
                if (Trouble.of(e).isEmpty()) suspected.addAll(found.keySet());
                throw e;
            }
            found.forEach((plan, record) -> rows.put(plan, record.version()));
            found.clear();
            facts = 0;
        }
    }
}
