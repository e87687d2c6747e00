package milepost.api.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Puts the management port next to the server's, unless told otherwise. A random one stays random, but the server's is
 * drawn here, since tokens name the address of their issuer before it listens.
 */
final class Ports implements EnvironmentPostProcessor {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        int server = number(environment.getProperty("server.port", "8080"));
        var management = Map.<String, Object>of("management.server.port", server == 0 ? 0 : server + 1);
        environment.getPropertySources().addLast(new MapPropertySource("managementPort", management));
        if (server == 0) {
            var drawn = Map.<String, Object>of("server.port", free());
            environment.getPropertySources().addFirst(new MapPropertySource("serverPort", drawn));
        }
    }

    private static int number(String port) {
        if (port.matches("\\d{1,5}") && Integer.parseInt(port) < 0xFFFF) return Integer.parseInt(port);
        throw new StartFailure("SERVER_PORT is not a port: " + port, "Set it to a number from 0 (any) to 65534");
    }

    private static int free() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
