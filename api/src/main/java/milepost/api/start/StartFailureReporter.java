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

    /** Closes the application first, so that nothing is logged after the line. */
    private void report(StartFailure failure) {
        if (context != null) context.close();
        LOG.debug("Not started", failure);
        LOG.error(failure.line());
    }
}
