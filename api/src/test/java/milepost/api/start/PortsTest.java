package milepost.api.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PortsTest {
    @Test
    void it_is_next_to_the_servers() {
        var server = freePort();
        assertThat(managementPort(Map.of("server.port", server))).isEqualTo(String.valueOf(server + 1));
    }

    @Test
    void a_busy_one_is_refused_before_anything_is_made() throws IOException {
        try (var busy = new ServerSocket(0)) {
            int port = busy.getLocalPort();
            assertThatThrownBy(() -> managementPort(Map.of("server.port", port)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Port " + port + " is in use", "set SERVER_PORT to");
            assertThatThrownBy(() -> managementPort(Map.of("server.port", 0, "management.server.port", port)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Port " + port + " is in use", "set MANAGEMENT_SERVER_PORT to");
        }
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
        var told = String.valueOf(freePort());
        assertThat(managementPort(Map.of("server.port", 0, "management.server.port", told)))
                .isEqualTo(told);
    }

    private static @Nullable String managementPort(Map<String, Object> properties) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("told", properties));
        new Ports().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty("management.server.port");
    }

    /** Its successor is free as well. */
    private static int freePort() {
        for (var attempt = 0; attempt < 100; attempt++) {
            try (var one = new ServerSocket(0);
                    var next = new ServerSocket(one.getLocalPort() + 1)) {
                return next.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException e) {
                // taken meanwhile, or the last port there is: try another
            }
        }
        throw new AssertionError("no two free ports beside each other");
    }
}
