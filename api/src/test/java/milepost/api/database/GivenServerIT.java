package milepost.api.database;

import static milepost.api.database.Owner.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import milepost.api.start.StartFailure;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenServerIT {
    @TempDir
    static Path directory;

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = EmbeddedServer.start(directory.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void a_fit_server_is_used_as_it_was_given() {
        var given = GivenServer.connect(db(server.getJdbcUrl(), server.getPassword()));
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
                .hasMessageContaining("MILEPOST_DB_URL");
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

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String url, String password) {
        return assertThatThrownBy(() -> GivenServer.connect(db(url, password))).isInstanceOf(StartFailure.class);
    }

    private static DatabaseSettings.Db db(String url, String password) {
        return new DatabaseSettings.Db(url, "milepost", password);
    }
}
