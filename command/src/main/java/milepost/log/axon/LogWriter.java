package milepost.log.axon;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import milepost.database.Sessions;
import milepost.log.store.LogTable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The appender's own connection, opened when it is needed; no call lasts longer than {@link #NETWORK_TIMEOUT}. */
final class LogWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final int NETWORK_TIMEOUT = 10_000;

    /** The server ends what it cannot finish before the client stops listening, and frees the log of a frozen client. */
    private static final String SETTINGS =
            "set lock_timeout = '5s'; set statement_timeout = '8s'; set idle_in_transaction_session_timeout = '8s'";

    private static final String INSERT = """
            insert into event_log (event_id, stream, version, type, revision, payload, metadata,
                                   idempotency_key, request_hash, traceparent)
            select event_id, stream, version, type, revision, payload, metadata, idempotency_key, request_hash,
                   traceparent
              from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[])
                   with ordinality as fact (event_id, stream, version, type, revision, payload, metadata,
                                            idempotency_key, request_hash, traceparent, nth)
             order by nth
            returning event_id, position, at""";

    private final DataSource source;
    private @Nullable Connection connection;

    LogWriter(DataSource source) {
        this.source = source;
    }

    /** Reaches the database, or fails before anything was sent. */
    void open() throws SQLException {
        if (connection != null) return;
        var opened = source.getConnection();
        try (var statement = opened.createStatement()) {
            opened.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT);
            statement.execute(Sessions.NEEDS);
            statement.execute(SETTINGS);
        } catch (SQLException e) {
            opened.abort(Runnable::run);
            throw e;
        }
        connection = opened;
    }

    /**
     * Stores all or none, in one statement and one commit, so that a client frozen meanwhile holds nobody up.
     *
     * @return where, by event id
     */
    Map<String, Place> insert(List<LogRow> facts) throws SQLException {
        try (var statement = opened().prepareStatement(INSERT)) {
            bind(statement, 1, "text", facts, LogRow::eventId);
            bind(statement, 2, "text", facts, LogRow::stream);
            bind(statement, 3, "bigint", facts, LogRow::version);
            bind(statement, 4, "text", facts, LogRow::type);
            bind(statement, 5, "text", facts, LogRow::revision);
            bind(statement, 6, "text", facts, LogRow::payload);
            bind(statement, 7, "text", facts, LogRow::metadata);
            bind(statement, 8, "text", facts, LogRow::idempotencyKey);
            bind(statement, 9, "text", facts, LogRow::requestHash);
            bind(statement, 10, "text", facts, LogRow::traceparent);
            try (var rows = statement.executeQuery()) {
                return places(rows);
            }
        }
    }

    /**
     * Stores those that are not there yet. It holds the log from the look to the commit, so an earlier attempt that is
     * still under way on the server comes wholly before, and is seen, or after, and is refused.
     *
     * @return where all of them are, by event id
     */
    Map<String, Place> insertMissing(List<LogRow> facts) throws SQLException {
        var connection = opened();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LogTable.TURN + ")");
            var places = present(facts);
            places.putAll(insert(facts.stream()
                    .filter(fact -> !places.containsKey(fact.eventId()))
                    .toList()));
            connection.commit();
            return places;
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private Map<String, Place> present(List<LogRow> facts) throws SQLException {
        try (var statement =
                opened().prepareStatement("select event_id, position, at from event_log where event_id = any (?)")) {
            bind(statement, 1, "text", facts, LogRow::eventId);
            try (var rows = statement.executeQuery()) {
                return places(rows);
            }
        }
    }

    private static Map<String, Place> places(ResultSet rows) throws SQLException {
        var places = new HashMap<String, Place>();
        while (rows.next()) {
            places.put(
                    rows.getString("event_id"),
                    new Place(
                            rows.getLong("position"),
                            rows.getObject("at", OffsetDateTime.class).toInstant()));
        }
        return places;
    }

    /** Whether the last failure took the connection with it, so that the server's answer is not known. */
    boolean isLost() throws SQLException {
        return connection == null || connection.isClosed();
    }

    /** Drops the connection at once; what was not committed is undone. */
    void abandon() {
        var abandoned = connection;
        connection = null;
        try {
            if (abandoned != null) abandoned.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("Already gone", e);
        }
    }

    private Connection opened() {
        if (connection == null) throw new IllegalStateException("The connection is not open");
        return connection;
    }

    private static void bind(
            PreparedStatement statement,
            int index,
            String type,
            List<LogRow> facts,
            Function<LogRow, @Nullable Object> column)
            throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf(type, facts.stream().map(column).toArray()));
    }
}
