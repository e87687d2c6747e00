package milepost.api.database;

import static milepost.api.database.Owner.sql;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
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
        var data = directory.resolve("own");
        application
                .withBean(AtomicReference.class, () -> last)
                .withUserConfiguration(LastWord.class)
                .withPropertyValues("milepost.data.dir=" + data)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(last.get()).isEqualTo("said");
        assertThat(data.resolve("postgres")).isDirectoryNotContaining("glob:**postmaster.pid");
    }

    @Test
    void a_given_server_is_used_and_none_is_started() throws Exception {
        try (var server = EmbeddedServer.start(directory.resolve("elsewhere"))) {
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
}
