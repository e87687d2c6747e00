package milepost.api.database;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the database; Spring Boot's data source, pool and migrations take it from there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    @Bean
    CommonEnd commonEnd() {
        return new CommonEnd();
    }

    /** An embedded server stops when this bean is destroyed: after the pool and all else that depends on it. */
    @Bean
    JdbcConnectionDetails database(DatabaseSettings settings, CommonEnd end) {
        if (settings.db().given()) return GivenServer.connect(settings.db());
        var server = EmbeddedServer.start(settings.data().path());
        end.watch(server::isEnding);
        return server;
    }
}
