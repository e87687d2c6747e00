package milepost.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/** What can be wrong with the database for a while; it passes by itself, and has nothing to do with what was asked. */
public enum Trouble {
    AWAY("database-away", "does not answer"),
    READ_ONLY("database-read-only", "is read-only for now and records nothing"),
    FULL("database-full", "has no room left and records nothing"),
    BUSY("database-busy", "has no connection or memory left"),
    LOCKED("database-locked", "is held up by others who work on the same rows");

    /** The code of a problem, and the outcome of a command. */
    public final String code;

    /** Follows "The database". */
    public final String text;

    Trouble(String code, String text) {
        this.code = code;
        this.text = text;
    }

    public static String[] codes() {
        return Arrays.stream(values()).map(trouble -> trouble.code).toArray(String[]::new);
    }

    /**
     * By the SQLSTATE of what caused the failure, since Spring has no exceptions for some that pass and takes some that do not for
     * a database that is away; empty if the same statement would always fail.
     */
    public static Optional<Trouble> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Trouble::cause)
                .map(cause -> cause instanceof SQLException e ? of(e) : null)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** A rollback on a connection that is gone fails as well, and stands before what failed first. */
    private static @Nullable Throwable cause(Throwable failure) {
        return failure instanceof TransactionSystemException e && e.getApplicationException() != null
                ? e.getApplicationException()
                : failure.getCause();
    }

    private static @Nullable Trouble of(SQLException e) {
        var state = Objects.requireNonNullElse(e.getSQLState(), "");
        return switch (state) {
            case "25006" -> READ_ONLY;
            case "53100" -> FULL;
            case "55P03", "57014" -> LOCKED;
            // A transaction that was ended because it lasted too long.
            case "25P03", "25P04" -> LOCKED;
            default ->
                switch (state.length() < 2 ? state : state.substring(0, 2)) {
                    case "40" -> LOCKED;
                    case "53" -> BUSY;
                    case "08", "55", "57", "58" -> AWAY;
                    default -> hasNoConnection(e) ? AWAY : null;
                };
        };
    }

    /** As a pool and the driver say it, whatever the state; a pool that was closed has words only. */
    private static boolean hasNoConnection(SQLException e) {
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || String.valueOf(e.getMessage()).endsWith(" has been closed.");
    }
}
