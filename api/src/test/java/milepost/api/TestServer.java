package milepost.api;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The PostgreSQL server that all tests of this JVM share: embedded, and safe until the machine itself fails, or the one
 * that MILEPOST_TEST_DB_URL, _USER and _PASSWORD name, whose user may create databases.
 */
public final class TestServer {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final PGSimpleDataSource SERVER = server();

    private TestServer() {}

    /** A new, empty database. */
    public static PGSimpleDataSource createDatabase() {
        var name = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        JdbcClient.create(SERVER).sql("create database " + name).update();
        return database(name);
    }

    /** A database of a Turkish administrator, where the small I has no dot. */
    public static PGSimpleDataSource createTurkishDatabase() {
        var database = createDatabase();
        var name = String.valueOf(database.getDatabaseName());
        JdbcClient.create(SERVER).sql("drop database " + name).update();
        JdbcClient.create(SERVER)
                .sql("create database " + name + " template template0 locale_provider icu icu_locale 'tr-TR'")
                .update();
        return database;
    }

    private static PGSimpleDataSource database(String name) {
        var database = new PGSimpleDataSource();
        database.setServerNames(SERVER.getServerNames());
        database.setPortNumbers(SERVER.getPortNumbers());
        database.setDatabaseName(name);
        database.setUser(SERVER.getUser());
        database.setPassword(SERVER.getPassword());
        return database;
    }

    private static PGSimpleDataSource server() {
        var url = System.getenv("MILEPOST_TEST_DB_URL");
        if (url == null) return (PGSimpleDataSource) embedded().getPostgresDatabase();
        var given = new PGSimpleDataSource();
        given.setUrl(url);
        given.setUser(System.getenv("MILEPOST_TEST_DB_USER"));
        given.setPassword(System.getenv("MILEPOST_TEST_DB_PASSWORD"));
        return given;
    }

    private static EmbeddedPostgres embedded() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
