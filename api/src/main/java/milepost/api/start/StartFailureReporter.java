package milepost.api.start;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;

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
            case ConversionFailedException unreadable -> Optional.of(unreadable(unreadable.getValue(), unreadable));
            case TypeMismatchException unreadable -> Optional.of(unreadable(unreadable.getValue(), unreadable));
            case FileSystemException file -> Optional.of(file(file));
            case FileNotFoundException file -> Optional.of(file(file));
            case SQLException database -> database(database);
            default -> Optional.empty();
        };
    }

    private StartFailure busy(int port) {
        var server = context == null ? null : context.getEnvironment().getProperty("server.port", Integer.class, 8080);
        return Ports.busy(port, server != null && server != port ? "MANAGEMENT_SERVER_PORT" : "SERVER_PORT");
    }

    private StartFailure unreadable(@Nullable Object value, Throwable failure) {
        var given = String.valueOf(value);
        var named = context == null
                ? ""
                : Settings.name(given, context.getEnvironment())
                        .map(", "::concat)
                        .orElse("");
        var why = NestedExceptionUtils.getMostSpecificCause(failure);
        return new StartFailure(
                "A setting cannot be read" + named + ": " + why.getMessage(),
                "ops/OPERATE.md has the settings, and what they can be",
                failure);
    }

    /** A certificate, a password's file, or a directory that is full. */
    private static StartFailure file(IOException failure) {
        var why = failure instanceof AccessDeniedException
                ? "no permission for this user"
                : failure instanceof NoSuchFileException ? "no such file or directory" : null;
        return new StartFailure(
                "A file that the start needs cannot be used: " + failure.getMessage()
                        + (why == null ? "" : " (" + why + ")"),
                "Put it there, let the user that Milepost runs as use it, or correct the setting that names it",
                failure);
    }

    /** What an operator of the database can remove, by the classes of SQL states; other errors are ours. */
    private static Optional<StartFailure> database(SQLException failure) {
        var remedy = switch (String.valueOf(failure.getSQLState()).replaceFirst("...$", "")) {
            case "08" -> "See whether it runs and can be reached, then start again";
            case "25" -> "Let it take writes, or name one that does in MILEPOST_DB_URL";
            case "28" -> "Correct MILEPOST_DB_USER and MILEPOST_DB_PASSWORD";
            case "42" ->
                "42501".equals(failure.getSQLState())
                        ? "Give the role of MILEPOST_DB_USER that right, or the schema and all in it"
                        : null;
            case "53" -> "Give it room, or free some: Milepost needs its pool of connections and two more";
            case "57" -> "Start again when that has passed";
            default -> null;
        };
        return Optional.ofNullable(remedy)
                .map(what -> new StartFailure("The database refused: " + failure.getMessage(), what, failure));
    }

    /** Closes the application first, so that nothing is logged after the line. */
    private void report(StartFailure failure) {
        if (context != null) context.close();
        LOG.debug("Not started", failure);
        LOG.error(failure.line());
    }
}
