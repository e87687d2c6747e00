package milepost.api.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Puts the management port next to the server's, unless told otherwise. A random one stays random, but the server's is
 * drawn here, since tokens name the address of their issuer before it listens. Looks whether both can be listened on
 * before anything is made that a start on another port would find.
 */
final class Ports implements EnvironmentPostProcessor {
    private static final int UNPRIVILEGED = 1024;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        int server = number("SERVER_PORT", environment.getProperty("server.port", "8080"), 0xFFFE);
        var next = Map.<String, Object>of("management.server.port", server == 0 ? 0 : server + 1);
        environment.getPropertySources().addLast(new MapPropertySource("managementPort", next));
        if (server == 0) {
            var drawn = Map.<String, Object>of("server.port", free());
            environment.getPropertySources().addFirst(new MapPropertySource("serverPort", drawn));
        }
        listen("MILEPOST_BIND", environment.getProperty("server.address"), "SERVER_PORT", server);
        var given = environment.getRequiredProperty("management.server.port");
        int management = given.equals("-1") ? 0 : number("MANAGEMENT_SERVER_PORT", given, 0xFFFF);
        if (management != server)
            listen(
                    "MANAGEMENT_SERVER_ADDRESS",
                    environment.getProperty("management.server.address"),
                    "MANAGEMENT_SERVER_PORT",
                    management);
    }

    private static int number(String variable, String port, int highest) {
        if (port.matches("\\d{1,5}") && Integer.parseInt(port) <= highest) return Integer.parseInt(port);
        throw new StartFailure(variable + " is not a port: " + port, "Set it to a number from 0 (any) to " + highest);
    }

    private static int free() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the server will, for a moment. */
    private static void listen(String addressVariable, @Nullable String given, String portVariable, int port) {
        var address = address(addressVariable, given);
        try (var any = new ServerSocket()) {
            any.bind(new InetSocketAddress(address, 0));
        } catch (IOException e) {
            throw noAddress(addressVariable, given, e);
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw port < UNPRIVILEGED
                    ? new StartFailure(
                            "Port " + port + " cannot be listened on: " + e.getMessage(),
                            "Set " + portVariable + " to a free port of " + UNPRIVILEGED
                                    + " or more, or let this user listen on lower ones",
                            e)
                    : busy(port, portVariable);
        }
    }

    private static @Nullable InetAddress address(String variable, @Nullable String given) {
        try {
            return given == null ? null : InetAddress.getByName(given);
        } catch (UnknownHostException e) {
            throw noAddress(variable, given, e);
        }
    }

    private static StartFailure noAddress(String variable, @Nullable String given, IOException e) {
        return new StartFailure(
                variable + " is no address of this machine: " + given, "Give an IP address such as 127.0.0.1", e);
    }

    static StartFailure busy(int port, String variable) {
        return new StartFailure(
                "Port " + port + " is in use by another program",
                "Stop that program, or set " + variable + " to a free port");
    }
}
