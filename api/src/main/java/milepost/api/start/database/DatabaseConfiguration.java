package milepost.api.start.database;

import com.zaxxer.hikari.HikariDataSource;
import milepost.api.start.StartFailure;
import milepost.database.Sessions;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the database; Spring Boot's data source, pool and migrations take it from there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);

    /** The appender's and the listener's. */
    private static final int BESIDE_THE_POOL = 2;

    @Bean
    CommonEnd commonEnd() {
        return new CommonEnd();
    }

    /** An embedded server stops when this bean is destroyed: after the pool and all else that depends on it. */
    @Bean
    JdbcConnectionDetails database(
            DatabaseSettings settings,
            CommonEnd end,
            @Value("${spring.datasource.hikari.maximum-pool-size}") int pool) {
        if (settings.db().given()) return GivenServer.connect(settings.db(), pool + BESIDE_THE_POOL);
        var server = EmbeddedServer.start(settings.data().path());
        end.watch(server::isEnding);
        return server;
    }

    /** Before the pool opens its first connection. */
    @Bean
    static BeanPostProcessor sessions() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) Sessions.of(pool);
                return bean;
            }
        };
    }

    /** What stops it is mended by whoever runs the database, so it is said to them in one line. */
    @Bean
    FlywayMigrationStrategy migrations() {
        return flyway -> {
            try {
                flyway.migrate();
            } catch (FlywayException e) {
                throw new StartFailure(
                        "The tables of the database cannot be made or brought up to date: " + e.getMessage(),
                        "Start the Milepost that made them, or give MILEPOST_DB_URL a database or schema of its own;"
                                + " an edited migration or table is brought back from a backup",
                        e);
            }
            var current = flyway.info().current();
            if (current != null && current.getState() == MigrationState.FUTURE_SUCCESS)
                LOG.warn(
                        "A newer Milepost has been here: the tables are of {}, which this one does not know",
                        current.getVersion());
        };
    }
}
