package milepost.api.log;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A migrated database of its own, on the one server that all tests of this JVM share. */
final class LogDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "log_" + COUNT.incrementAndGet();

    LogDatabase() {
        JdbcClient.create(Server.POSTGRES.getPostgresDatabase())
                .sql("create database " + name)
                .update();
        Flyway.configure().dataSource(source()).load().migrate();
    }

    /** Every connection is a new one, as the log's own are. */
    DataSource source() {
        return Server.POSTGRES.getDatabase("postgres", name);
    }

    DataSource source(String application) {
        var source = (PGSimpleDataSource) source();
        source.setApplicationName(application);
        return source;
    }

    Connection connect() throws SQLException {
        return source().getConnection();
    }

    JdbcClient sql() {
        return JdbcClient.create(source());
    }

    /** Ends the connections of an application as an administrator or a failing server would. */
    void terminate(String application) {
        sql().sql(
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = ? and datname = ?")
                .param(application)
                .param(name)
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

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
