package milepost.log.axon;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import milepost.api.TestServer;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A migrated database of its own, on the server that all tests of this JVM share. */
final class LogDatabase {
    private final PGSimpleDataSource database = TestServer.createDatabase();

    LogDatabase() {
        Flyway.configure().dataSource(source()).load().migrate();
    }

    /** Every connection is a new one, as the log's own are. */
    DataSource source() {
        return named("milepost test");
    }

    DataSource source(String application) {
        return named(application);
    }

    Connection connect() throws SQLException {
        return source().getConnection();
    }

    JdbcClient sql() {
        return JdbcClient.create(source());
    }

    /** What new sessions find, unless they say otherwise. */
    void setting(String name, String value) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter database " + database.getDatabaseName() + " set " + name + " = " + value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the connections of an application as an administrator or a failing server would. */
    void terminate(String application) {
        sql().sql(
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = ? and datname = ?")
                .param(application)
                .param(String.valueOf(database.getDatabaseName()))
                .query(Long.class)
                .single();
    }

    /** Returns when so many writers wait for their turn. */
    void awaitWaiters(int count) {
        var waiters = sql().sql("""
                select count(*) from pg_locks where locktype = 'advisory' and not granted
                   and database = (select oid from pg_database where datname = current_database())""").query(Integer.class);
        while (waiters.single() < count) pause(Duration.ofMillis(10));
    }

    /** Returns when the thread waits for another: what it has to hand over is handed over. */
    static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            if (!thread.isAlive()) throw new AssertionError("it has not waited");
            pause(Duration.ofMillis(10));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource named(String application) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.getUrl());
        source.setUser(database.getUser());
        source.setPassword(database.getPassword());
        source.setApplicationName(application);
        return source;
    }
}
