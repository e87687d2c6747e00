package milepost.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PortsTest {
    @Test
    void it_is_next_to_the_servers() {
        assertThat(managementPort(Map.of())).isEqualTo("8081");
        assertThat(managementPort(Map.of("server.port", "9000"))).isEqualTo("9001");
    }

    @Test
    void it_is_random_when_the_servers_is() {
        assertThat(managementPort(Map.of("server.port", "0"))).isEqualTo("0");
    }

    @Test
    void a_random_port_of_the_server_is_drawn_before_it_listens() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("told", Map.of("server.port", "0")));

        new Ports().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getRequiredProperty("server.port", Integer.class))
                .isPositive();
    }

    @Test
    void it_is_what_it_is_told_to_be() {
        assertThat(managementPort(Map.of("management.server.port", "7"))).isEqualTo("7");
    }

    private static @Nullable String managementPort(Map<String, Object> properties) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("told", properties));
        new Ports().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty("management.server.port");
    }
}
