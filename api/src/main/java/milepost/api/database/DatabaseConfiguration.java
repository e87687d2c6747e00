package milepost.api.database;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the database; Spring Boot's data source, pool and migrations take it from there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    /** An embedded server stops when this bean is destroyed: after the pool and all else that depends on it. */
    @Bean
    JdbcConnectionDetails database(DatabaseSettings settings) {
        if (settings.db().given()) return GivenServer.connect(settings.db());
        return EmbeddedServer.start(settings.data().path());
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
}
