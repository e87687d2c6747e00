package milepost.log.axon;

import java.sql.SQLException;
import java.util.Objects;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.postgresql.util.PSQLException;

/** What became of one request. */
sealed interface Outcome {
    /** Throws in the caller's own thread what is not success, so that the stack trace tells who asked. */
    void orThrow();

    record Stored() implements Outcome {
        @Override
        public void orThrow() {}
    }

    /** The table has a rule against it. */
    record Refused(SQLException cause) implements Outcome {
        @Override
        public void orThrow() {
            var message = Objects.requireNonNullElse(cause.getMessage(), "The log refused the facts");
            throw switch (constraint()) {
                case "event_log_stream_version", "event_log_idempotency_key" ->
                    new ConcurrencyException(message, cause);
                case "event_log_line_fits" -> new FactTooLarge(cause);
                default -> new EventStoreException(message, cause);
            };
        }

        private String constraint() {
            var said = cause instanceof PSQLException e ? e.getServerErrorMessage() : null;
            return said == null ? "" : Objects.requireNonNullElse(said.getConstraint(), "");
        }
    }

    /** Its time was up, and it is certain that nothing was stored. */
    record NotStored(Throwable cause) implements Outcome {
        @Override
        public void orThrow() {
            throw new LogBusy("The log could not be written in time", cause);
        }
    }

    /** Its time was up, and an attempt was made whose end was not seen. */
    record Unknown(Throwable cause) implements Outcome {
        @Override
        public void orThrow() {
            throw new OutcomeUnknown(cause);
        }
    }
}
