package milepost.log.axon;

import java.sql.Connection;
import java.sql.SQLException;

/** A transaction of somebody else that has the log until it is closed, and stores nothing. */
final class Blocker implements AutoCloseable {
    private final Connection connection;

    Blocker(LogDatabase database) {
        try {
            connection = database.connect();
            connection.setAutoCommit(false);
            connection.createStatement().execute("insert into event_log (event_id) select '' where false");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        release();
    }

    void release() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
