package milepost.api.start;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Makes a {@link StartFailure} the last line of the log; every other failure is left to Spring Boot. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {
    private static final Logger LOG = LoggerFactory.getLogger(StartFailureReporter.class);

    private final @Nullable ConfigurableApplicationContext context;

    StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        var known = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> known(cause).stream())
                .findFirst();
        known.ifPresent(this::report);
        return known.isPresent();
    }

    private Optional<StartFailure> known(Throwable cause) {
        return switch (cause) {
            case StartFailure start -> Optional.of(start);
            case PortInUseException busy -> Optional.of(busy(busy.getPort()));
            case ConversionFailedException unreadable -> Optional.of(unreadable(unreadable));
            default -> Optional.empty();
        };
    }

    private StartFailure busy(int port) {
        var server = context == null ? null : context.getEnvironment().getProperty("server.port", Integer.class, 8080);
        var variable = server != null && server != port ? "MANAGEMENT_SERVER_PORT" : "SERVER_PORT";
        return new StartFailure(
                "Port " + port + " is in use by another program",
                "Stop that program, or set " + variable + " to a free port");
    }

    private StartFailure unreadable(ConversionFailedException failure) {
        var given = String.valueOf(failure.getValue());
        var why = failure.getCause() == null ? failure : failure.getCause();
        return new StartFailure(
                "A setting cannot be read" + (context == null ? "" : named(given, context.getEnvironment())) + ": "
                        + why.getMessage(),
                "README.md has the settings, and what they can be");
    }

    /** The settings that were given so, by the names that people gave. */
    private static String named(String given, ConfigurableEnvironment settings) {
        return settings.getPropertySources().stream()
                .filter(source -> source instanceof EnumerablePropertySource)
                .map(source -> (EnumerablePropertySource<?>) source)
                .flatMap(source -> Stream.of(source.getPropertyNames())
                        .filter(name -> given.equals(String.valueOf(source.getProperty(name)))))
                .findFirst()
                .map(", "::concat)
                .orElse("");
    }

    /** Closes the application first, so that nothing is logged after the line. */
    private void report(StartFailure failure) {
        if (context != null) context.close();
        LOG.debug("Not started", failure);
        LOG.error(failure.line());
    }
}
