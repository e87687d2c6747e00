package milepost.log.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import milepost.event.PlanId;
import milepost.log.StreamName;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table by its name: the key by which writers take turns, how far readers have come, and what is read by
 * position.
 */
@Component
public class LogTable {
    public static final String NAME = "event_log";

    /** The key of the advisory lock by which writers take turns, as the table's own trigger has it. */
    public static final String TURN = "cast(cast('event_log' as regclass) as oid)::bigint";

    /** Which rows are of plans, in the words of the index over them. */
    public static final String OF_PLANS = "stream like '" + StreamName.PLANS + "%'";

    /** The id of the plan that a row is of. */
    public static final String PLAN = "substr(stream, " + (StreamName.PLANS.length() + 1) + ")";

    private static final String LINE = "select position, stream, version, line from event_log ";

    private final JdbcClient jdbc;
    private final LogClock clock;

    LogTable(JdbcClient jdbc, LogClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The plans of which a fact of these types was recorded within the last hour that their rows do not show yet.
     *
     * @param rows a table with a {@code plan} and the {@code version} that is shown of it
     */
    public List<PlanId> ahead(String rows, String... types) {
        return jdbc.sql("""
                        select distinct %1$s from event_log
                        where at > clock_timestamp() - interval '1 hour' and type = any (?)
                            and not exists (select from %2$s shown where shown.plan = %1$s and shown.version >= event_log.version)
                        """.formatted(PLAN, rows))
                .param(types)
                .query((row, i) -> new PlanId(row.getString(1)))
                .list();
    }

    /** What is made of a line of the log. */
    public interface LineMapper<T> {
        T map(long position, String stream, long version, byte[] line);
    }

    /** All that a row says, in its columns and in its line. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares rows
    public record Row(
            long position,
            String stream,
            long version,
            Instant at,
            String type,
            @Nullable String revision,
            String payload,
            String metadata,
            byte[] line) {
        private static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("position"),
                    row.getString("stream"),
                    row.getLong("version"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("type"),
                    row.getString("revision"),
                    row.getString("payload"),
                    row.getString("metadata"),
                    row.getBytes("line"));
        }
    }

    /** Up to {@code limit} lines after a position, in order. */
    public <T> List<T> lines(long after, int limit, LineMapper<T> mapper) {
        return lines(
                jdbc.sql(LINE + "where position > ? order by position limit ?").params(after, limit), mapper);
    }

    /** The lines of all facts of a type, in order; it stands in the statement, as in the index over them. */
    public <T> List<T> lines(String type, LineMapper<T> mapper) {
        return lines(jdbc.sql(LINE + "where type = '%s' order by position".formatted(type)), mapper);
    }

    private static <T> List<T> lines(JdbcClient.StatementSpec statement, LineMapper<T> mapper) {
        return statement
                .query((row, i) -> mapper.map(
                        row.getLong("position"), row.getString("stream"), row.getLong("version"), row.getBytes("line")))
                .list();
    }

    /** Up to {@code limit} rows after a position, in order. */
    public List<Row> rows(long after, int limit) {
        return jdbc.sql("""
                        select position, stream, version, at, type, revision, payload, metadata, line
                        from event_log where position > ? order by position limit ?
                        """).params(after, limit).query((row, i) -> Row.of(row)).list();
    }

    /** The position of the last fact; 0 if there is none. */
    public long last() {
        return jdbc.sql("select coalesce(max(position), 0) from event_log")
                .query(Long.class)
                .single();
    }

    /** How many facts of plans there are. */
    public long facts() {
        return jdbc.sql("select count(*) from event_log where " + OF_PLANS)
                .query(Long.class)
                .single();
    }

    /**
     * How far behind the log something is.
     *
     * @param size how many facts it covers
     * @param seconds the age of the oldest fact that it does not cover, at least, if its time lies ahead; 0 if there is none
     */
    public record Coverage(long size, double seconds) {}

    /** @param covered a statement for how many facts are covered, as {@code size} */
    public Coverage behind(String covered) {
        return jdbc.sql("""
                        select size, (select max(position) from event_log) as last, coalesce((
                            select greatest(extract(epoch from clock_timestamp() - at), 1e-6) from event_log
                            where position > size order by position limit 1), 0) as seconds
                        from (%s) covered
                        """.formatted(covered))
                .query((row, i) -> {
                    clock.sees(row.getLong("last"));
                    var size = row.getLong("size");
                    var seconds = row.getDouble("seconds");
                    return new Coverage(size, seconds == 0 ? 0 : clock.age(size + 1, seconds));
                })
                .single();
    }

    /**
     * A statement for the facts of plans after position {@code :done} that a table does not show: how many {@code events},
     * the position of the {@code oldest}, its age in {@code seconds}, and the log's {@code last} position.
     *
     * @param table has a row for each plan, with its {@code version}
     */
    public static String notShown(String table) {
        return """
                select count(*) as events, min(position) as oldest, (select max(position) from event_log) as last,
                    coalesce(extract(epoch from clock_timestamp() - min(at)), 0) as seconds
                from event_log fact
                where position > :done and %s and not exists (
                    select from %s rows where rows.plan = %s and rows.version >= fact.version)
                """.formatted(OF_PLANS, table, PLAN);
    }

    /**
     * A statement for facts of plans recorded before position {@code :before}, {@code :limit} at most and the last one first,
     * that a table has a row of: their {@code position}, and its {@code plan} and {@code body}.
     *
     * @param table has a row for a plan and a version
     */
    public static String recordedLast(String table) {
        return """
                select position, rows.plan, rows.body
                from event_log fact join %s rows on rows.plan = %s and rows.version = fact.version
                where position < :before and %s order by position desc limit :limit
                """.formatted(table, PLAN, OF_PLANS);
    }

    /** Fails as a writer would, in a session that may only read, and leaves no trace. */
    public void requireWritable() {
        jdbc.sql("select position from event_log where false for update")
                .query(Long.class)
                .list();
    }
}
