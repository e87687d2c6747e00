package milepost.api.start.database;

import static milepost.api.start.database.Owner.sql;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import milepost.api.start.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseConfigurationIT {
    @TempDir
    Path directory;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(DatabaseConfiguration.class)
            .withPropertyValues("spring.datasource.hikari.maximum-pool-size=20")
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    @Test
    void the_embedded_server_stops_after_all_that_uses_it() {
        var last = new AtomicReference<Object>();
        var data = FirstServer.copyTo(directory.resolve("own"));
        application
                .withBean(AtomicReference.class, () -> last)
                .withUserConfiguration(LastWord.class)
                .withPropertyValues("milepost.data.dir=" + data)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(last.get()).isEqualTo("said");
        assertThat(data.resolve("postgres")).isDirectoryNotContaining("glob:**postmaster.pid");
    }

    /** What is under way then fails at its next question, and holds up nothing. */
    @Test
    void the_pool_is_closed_as_soon_as_milepost_and_its_server_both_end() {
        var closed = new AtomicReference<Object>();
        application
                .withBean(AtomicReference.class, () -> closed)
                .withUserConfiguration(UnderWay.class)
                .withPropertyValues("milepost.data.dir=" + FirstServer.copyTo(directory.resolve("own")))
                .run(context -> {
                    context.getBean(DataSource.class).getConnection().close();
                    assertThat(closed).hasNullValue();
                });
        assertThat(closed).hasValue(true);
    }

    @Test
    void a_given_server_is_used_and_none_is_started() throws Exception {
        try (var server = EmbeddedServer.start(FirstServer.copyTo(directory.resolve("elsewhere")))) {
            application
                    .withPropertyValues(
                            "milepost.db.url=" + server.getJdbcUrl(),
                            "milepost.db.user=" + server.getUsername(),
                            "milepost.db.password=" + server.getPassword(),
                            "milepost.data.dir=" + directory.resolve("own"))
                    .run(context -> {
                        var used = JdbcClient.create(context.getBean(DataSource.class));
                        assertThat(used.sql("select inet_server_port()")
                                        .query(Integer.class)
                                        .single())
                                .isEqualTo(sql(server)
                                        .sql("select inet_server_port()")
                                        .query(Integer.class)
                                        .single());
                    });
            assertThat(directory.resolve("own")).doesNotExist();

            sql(server)
                    .sql("create role guest login password 'of this test' connection limit 21")
                    .update();
            sql(server).sql("create database theirs owner guest").update();
            application
                    .withPropertyValues(
                            "milepost.db.url=" + server.getJdbcUrl().replace("/postgres", "/theirs"),
                            "milepost.db.user=guest",
                            "milepost.db.password=of this test")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOf(StartFailure.class)
                            .hasMessageContaining("A node holds 22 connections, and the role guest allows 21"));
        }
    }

    /** Speaks to the database when the application is already stopping. */
    @Configuration(proxyBeanMethods = false)
    static class LastWord {
        @Bean
        DisposableBean lastWord(DataSource database, AtomicReference<Object> last) {
            return () -> last.set(JdbcClient.create(database)
                    .sql("select 'said'")
                    .query(String.class)
                    .single());
        }
    }

    /** Work that goes on for a while when the application is already stopping, and its server was told to stop too. */
    @Configuration(proxyBeanMethods = false)
    static class UnderWay {
        @Bean
        SmartLifecycle work(HikariDataSource pool, AtomicReference<Object> closed, DatabaseSettings settings) {
            return new SmartLifecycle() {
                private boolean running;

                @Override
                public void start() {
                    running = true;
                }

                @Override
                public void stop() {
                    running = false;
                    terminate(settings.data().path().resolve("postgres/postmaster.pid"));
                    var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                    while (!pool.isClosed() && System.nanoTime() < until) LockSupport.parkNanos(10_000_000);
                    closed.set(pool.isClosed());
                }

                @Override
                public boolean isRunning() {
                    return running;
                }
            };
        }

        private static void terminate(Path file) {
            try (var lines = Files.lines(file)) {
                ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow()))
                        .orElseThrow()
                        .destroy();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
