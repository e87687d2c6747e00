package milepost.log.store;

import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.event.json.EventJson;
import milepost.log.Moment;
import milepost.log.StreamName;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the log by plan. */
@Component
public class History {
    private static final String LAST_VERSION =
            "select version from event_log where stream = ? order by version desc limit 1";

    private final JdbcClient jdbc;
    private final KeptRecords records;

    History(JdbcClient jdbc, KeptRecords records) {
        this.jdbc = jdbc;
        this.records = records;
    }

    /** A fact's line as it was written when it was recorded, and its version. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares lines
    public record Line(long version, byte[] bytes) {}

    /**
     * What the record of a plan said at a moment: the live one is kept, a past one is read from the log itself.
     *
     * @return empty if it said nothing yet
     * @throws EventJson.Unreadable if a stored fact cannot be read
     */
    public Optional<PlanRecord> of(PlanId plan, Moment moment) {
        var record = moment.isNow() ? records.now(plan) : PlanRecord.of(recorded(plan, moment));
        return Optional.of(record.on(moment.on())).filter(known -> known.version() > 0);
    }

    /** Every fact of a plan recorded by a moment, in stream order, retracted ones and retractions too, as the log has them. */
    public List<Recorded> recorded(PlanId plan, Moment moment) {
        return records.read(plan, 0, moment);
    }

    /** Up to {@code limit} lines of a stream after a version, in order. */
    public List<Line> lines(String stream, long after, int limit) {
        return lines("version > :from order by version", stream, after, limit);
    }

    /** Up to {@code limit} lines of a stream before a version, the last one first. */
    public List<Line> linesBefore(String stream, long before, int limit) {
        return lines("version < :from order by version desc", stream, before, limit);
    }

    private List<Line> lines(String range, String stream, long from, int limit) {
        return jdbc.sql("select version, line from event_log where stream = :stream and " + range + " limit :limit")
                .param("stream", stream)
                .param("from", from)
                .param("limit", limit)
                .query((row, i) -> new Line(row.getLong("version"), row.getBytes("line")))
                .list();
    }

    /** The fact that made a plan's version, or its last one if none is named; empty if there is none. */
    public Optional<Recorded> fact(PlanId plan, @Nullable Long version) {
        var record = version == null ? records.now(plan) : records.atLeast(version, plan);
        return Optional.ofNullable(record.recorded().get(version == null ? record.version() : version));
    }

    /** How many facts a plan has; empty if there is no such plan. */
    public Optional<Long> version(PlanId plan) {
        return jdbc.sql(LAST_VERSION)
                .param(StreamName.of(plan))
                .query(Long.class)
                .optional();
    }

    /** Whether a table that has a row for each plan has all that is recorded of this one. */
    public boolean isShown(PlanId plan, String table) {
        return jdbc.sql("select exists (select from %s where plan = ? and version = (%s))"
                        .formatted(table, LAST_VERSION))
                .params(plan.text(), StreamName.of(plan))
                .query(Boolean.class)
                .single();
    }

    /**
     * Waits until no fact can be recorded at or before the instant any more, so that what the record said then has one
     * answer for ever.
     *
     * @return false if the instant lies in the future by the log's clock and after its last fact
     */
    @Transactional
    public boolean isSettled(Instant instant) {
        var at = instant.atOffset(ZoneOffset.UTC);
        // Times rise strictly, so what is recorded next comes after a fact that has this time, whatever the clock says.
        var passed =
                jdbc.sql("select exists (select from event_log where at >= ?)").param(at);
        if (passed.query(Boolean.class).single()) return true;
        // Whoever is writing has its turn until it commits; whoever comes later writes at a later time.
        jdbc.sql("select pg_advisory_xact_lock_shared(" + LogTable.TURN + ")")
                .query((row, i) -> true)
                .single();
        return jdbc.sql("select clock_timestamp() > ?")
                .param(at)
                .query(Boolean.class)
                .single();
    }

    /** Every plan there is, by id. */
    public List<PlanId> plans() {
        return jdbc.sql("select %s from event_log where version = 1 and %s order by stream collate \"C\""
                        .formatted(LogTable.PLAN, LogTable.OF_PLANS))
                .query((row, i) -> new PlanId(row.getString(1)))
                .list();
    }

    /** How many facts each plan has, by id. */
    public SequencedMap<PlanId, Long> sizes() {
        var sizes = new LinkedHashMap<PlanId, Long>();
        jdbc.sql("select %s, max(version) from event_log where %s group by stream order by stream collate \"C\""
                        .formatted(LogTable.PLAN, LogTable.OF_PLANS))
                .query((ResultSet row) -> {
                    sizes.put(new PlanId(row.getString(1)), row.getLong(2));
                });
        return sizes;
    }
}
