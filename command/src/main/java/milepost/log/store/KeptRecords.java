package milepost.log.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.event.json.EventJson;
import milepost.log.Moment;
import milepost.log.StreamName;
import milepost.plan.PlanRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The records of plans. Those of busy plans stay in memory, and each time one is asked for, what the log has after it is
 * read: so what another node recorded is always in it. What is kept is dropped only if the log no longer has it.
 */
@Component
public class KeptRecords {
    /** A fact, its part and its place in the maps are reckoned as 1 KiB: at most a quarter of the heap is theirs. */
    private static final int HEAP_PER_FACT = 4 * 1024;

    private final JdbcClient jdbc;
    private final Cache<PlanId, PlanRecord> kept;

    /** @param facts how many are kept, of all plans together; a plan that has more is answered and not kept; 0: as the heap allows */
    KeptRecords(JdbcClient jdbc, @Value("${milepost.records.kept-facts}") long facts) {
        this.jdbc = jdbc;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(facts > 0 ? facts : Runtime.getRuntime().maxMemory() / HEAP_PER_FACT)
                .weigher((PlanId plan, PlanRecord record) -> Math.toIntExact(record.version()))
                .build();
    }

    /**
     * All that the log has of a plan now; without facts if there is no such plan. What is kept must still end as the log
     * does there, which it does not once a database was rolled back, or another one without the last facts took its place.
     *
     * @throws EventJson.Unreadable if a stored fact cannot be read
     */
    public PlanRecord now(PlanId plan) {
        var known = kept.getIfPresent(plan);
        if (known == null) return keep(plan, PlanRecord.NONE, read(plan, 0, Moment.NOW));
        var tail = tail(plan, known.last());
        if (tail.isPresent()) return keep(plan, known, tail.get());
        kept.asMap().remove(plan, known);
        return now(plan);
    }

    /** A plan up to this version at least, not read if that is kept; else with all that came later, unless that is unreadable. */
    public PlanRecord atLeast(long version, PlanId plan) {
        var known = kept.getIfPresent(plan);
        if (known != null && known.version() >= version) return known;
        try {
            return now(plan);
        } catch (EventJson.Unreadable e) {
            return PlanRecord.of(read(plan, 0, new Moment(null, version, null)));
        }
    }

    /** What is kept of a plan is forgotten, if it has another fact as this version than was recorded at this time. */
    public void confirm(PlanId plan, long version, Instant at) {
        kept.asMap().computeIfPresent(plan, (id, record) -> {
            var fact = record.recorded().get(version);
            // Axon keeps the times of what was set aside in milliseconds.
            return fact == null || fact.at().toEpochMilli() == at.toEpochMilli() ? record : null;
        });
    }

    private PlanRecord keep(PlanId plan, PlanRecord known, List<Recorded> more) {
        if (more.isEmpty()) return known;
        var record = known;
        for (var fact : more) record = record.and(fact);
        kept.asMap().merge(plan, record, (one, other) -> one.version() < other.version() ? other : one);
        return record;
    }

    /**
     * All that the log has of some plans now, in one look; nothing of it is kept, since who reads all plans would drive out
     * the busy ones.
     *
     * @throws EventJson.Unreadable if a stored fact of one cannot be read
     */
    public Map<PlanId, PlanRecord> now(Collection<PlanId> plans) {
        var records = new HashMap<PlanId, PlanRecord>();
        jdbc.sql("""
                        select stream, position, version, at, type, payload, metadata from event_log
                        where stream = any (?) order by stream, version
                        """)
                .param(plans.stream().map(StreamName::of).toArray(String[]::new))
                .query((ResultSet row) -> {
                    var fact = recorded(row);
                    records.compute(
                            new PlanId(StreamName.plan(row.getString("stream"))),
                            (plan, record) -> (record == null ? PlanRecord.NONE : record).and(fact));
                });
        return records;
    }

    /** A fact that this node has stored; nothing is done with it if its plan is not kept, or the fact before it is missing. */
    public void add(Recorded fact) {
        kept.asMap()
                .computeIfPresent(
                        fact.event().plan(),
                        (plan, record) -> record.version() == fact.version() - 1 ? record.and(fact) : record);
    }

    /** What the log has after a fact; empty if it has not that fact, or another one in its place. */
    private Optional<List<Recorded>> tail(PlanId plan, Recorded last) {
        var found = jdbc.sql("""
                        select position, version, at, type, payload, metadata from event_log
                        where stream = ? and version >= ? order by version
                        """)
                .params(StreamName.of(plan), last.version())
                .query((row, i) -> i == 0 ? at(row).equals(last.at()) ? last : null : recorded(row))
                .list();
        return found.isEmpty() || found.getFirst() == null
                ? Optional.empty()
                : Optional.of(found.subList(1, found.size()));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return row.getObject("at", OffsetDateTime.class).toInstant();
    }

    /** What the log itself has of a plan after a version and by a moment, in stream order; nothing of it is kept. */
    List<Recorded> read(PlanId plan, long after, Moment moment) {
        var asOf = moment.asOf();
        return jdbc.sql("""
                        select position, version, at, type, payload, metadata from event_log
                        where stream = ? and version > ? and version <= ? and at <= ? order by version
                        """)
                .params(
                        StreamName.of(plan),
                        after,
                        moment.version() == null ? Long.MAX_VALUE : moment.version(),
                        asOf == null ? OffsetDateTime.MAX : asOf.atOffset(ZoneOffset.UTC))
                .query((row, i) -> recorded(row))
                .list();
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                row.getLong("position"),
                row.getLong("version"),
                at(row),
                EventJson.author(row.getString("metadata")),
                EventJson.read(row.getString("type"), row.getString("payload")));
    }
}
