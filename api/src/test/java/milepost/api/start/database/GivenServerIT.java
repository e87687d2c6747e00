package milepost.api.start.database;

import static milepost.api.start.database.Owner.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import milepost.api.start.StartFailure;
import org.assertj.core.api.AbstractThrowableAssert;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class GivenServerIT {
    private static final int NEEDED = 22;

    @TempDir
    static Path directory;

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = EmbeddedServer.start(FirstServer.copyTo(directory.resolve("data")));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void a_fit_server_is_used_as_it_was_given() {
        var given = GivenServer.connect(db(server.getJdbcUrl(), server.getPassword()), NEEDED);
        assertThat(sql(given).sql("select 1").query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void a_server_that_does_not_answer_is_named_within_seconds() {
        var begin = Instant.now();
        refused("jdbc:postgresql://127.0.0.1:1/milepost?password=secret", "")
                .hasMessageContaining("No PostgreSQL answers at jdbc:postgresql://127.0.0.1:1/milepost.")
                .hasMessageNotContaining("secret");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_wrong_password_points_to_its_variable() {
        refused(server.getJdbcUrl(), "wrong")
                .hasMessageContaining("password authentication failed for user \"milepost\"")
                .hasMessageContaining("MILEPOST_DB_PASSWORD");
    }

    @Test
    void a_missing_password_points_to_its_variable() {
        refused(server.getJdbcUrl(), "").hasMessageContaining("MILEPOST_DB_PASSWORD");
    }

    @Test
    void an_unknown_database_is_named() {
        refused(server.getJdbcUrl().replace("/postgres", "/elsewhere"), server.getPassword())
                .hasMessageContaining("database \"elsewhere\" does not exist")
                .hasMessageContaining("Create that database, or correct MILEPOST_DB_URL");
    }

    @Test
    void a_malformed_url_is_not_repeated_but_shown_how_to_write() {
        refused("postgres://milepost:secret@localhost/milepost", "")
                .hasMessageContaining("jdbc:postgresql://host:port/database")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_database_that_cannot_hold_every_name_is_refused() {
        sql(server)
                .sql("create database latin encoding 'LATIN1' locale_provider libc locale 'C' template template0")
                .update();
        refused(server.getJdbcUrl().replace("/postgres", "/latin"), server.getPassword())
                .hasMessageContaining("encoding LATIN1")
                .hasMessageContaining("UTF8");
    }

    @Test
    void a_server_that_is_too_old_is_refused() {
        assertThatThrownBy(() -> GivenServer.requireFit(14, "UTF8"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("PostgreSQL 14, which is too old");
        GivenServer.requireFit(15, "UTF8");
    }

    @Test
    void what_a_plain_role_lacks_is_said_with_its_remedy() {
        sql(server).sql("create role guest login password 'of this test'").update();
        sql(server).sql("create database plain").update();
        refusedToGuest("")
                .hasMessageContaining("may not create tables in the schema public of the database plain")
                .hasMessageContaining("grant create on schema public to guest");
        refusedToGuest("?currentSchema=nowhere")
                .hasMessageContaining("No schema that the role guest may use")
                .hasMessageContaining("create schema milepost authorization guest");
        var plain = JdbcClient.create(new DriverManagerDataSource(url("plain"), Cluster.USER, server.getPassword()));
        plain.sql("create schema milepost authorization guest").update();
        GivenServer.connect(guest("?currentSchema=milepost"), NEEDED);

        plain.sql("create table milepost.\"Theirs\" ()").update();
        refusedToGuest("?currentSchema=milepost")
                .hasMessageContaining("The schema milepost of the database plain holds something else, such as Theirs")
                .hasMessageContaining("a database of its own");
        plain.sql("create table milepost.schema_version ()").update();
        refusedToGuest("?currentSchema=milepost")
                .hasMessageContaining("The table schema_version in the schema milepost belongs to another role");
        plain.sql("alter table milepost.schema_version owner to guest").update();
        GivenServer.connect(guest("?currentSchema=milepost"), NEEDED);

        plain.sql("alter role guest set default_transaction_read_only = on").update();
        refusedToGuest("?currentSchema=milepost")
                .hasMessageContaining("The database plain takes no writes")
                .hasMessageContaining("Name the primary");
        plain.sql("alter role guest reset default_transaction_read_only").update();

        plain.sql("alter role guest connection limit 20").update();
        refusedToGuest("?currentSchema=milepost")
                .hasMessageContaining("A node holds 22 connections, and the role guest allows 20")
                .hasMessageContaining("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE");
        plain.sql("alter role guest connection limit 22").update();
        GivenServer.connect(guest("?currentSchema=milepost"), NEEDED);
        plain.sql("drop table milepost.\"Theirs\", milepost.schema_version").update();
        migrations(plain);
        plain.sql("alter database plain connection limit 5").update();
        refusedToGuest("?currentSchema=milepost").hasMessageContaining("the database plain allows 5");
        assertThatThrownBy(() -> GivenServer.connect(guest("?currentSchema=milepost"), 1000))
                .hasMessageContaining("allows 5");
    }

    /** Which need nothing of a superuser, and say in one line what they meet. */
    private static void migrations(JdbcClient plain) {
        var guest = guest("?currentSchema=milepost");
        var flyway = Flyway.configure()
                .dataSource(guest.url(), guest.user(), guest.password())
                .table("schema_version")
                .load();
        var migrations = new DatabaseConfiguration().migrations();
        migrations.migrate(flyway);
        assertThat(plain.sql("select tableowner from pg_tables where tablename = 'event_log'")
                        .query(String.class)
                        .single())
                .isEqualTo("guest");
        plain.sql("update milepost.schema_version set checksum = 1 where installed_rank = 2")
                .update();
        assertThatThrownBy(() -> migrations.migrate(flyway))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("cannot be made or brought up to date: Validate failed")
                .hasMessageContaining("an edited migration");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refusedToGuest(String parameters) {
        return assertThatThrownBy(() -> GivenServer.connect(guest(parameters), NEEDED))
                .isInstanceOf(StartFailure.class);
    }

    private static DatabaseSettings.Db guest(String parameters) {
        return new DatabaseSettings.Db(url("plain") + parameters, "guest", "of this test");
    }

    private static String url(String database) {
        return server.getJdbcUrl().replace("/postgres", "/" + database);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String url, String password) {
        return assertThatThrownBy(() -> GivenServer.connect(db(url, password), NEEDED))
                .isInstanceOf(StartFailure.class);
    }

    private static DatabaseSettings.Db db(String url, String password) {
        return new DatabaseSettings.Db(url, "milepost", password);
    }
}
