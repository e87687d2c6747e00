package milepost.query.projection.axon;

import java.util.List;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The facts that projections could not handle, and those that wait behind them. */
@Component
public class DeadLetters {
    private final JdbcClient jdbc;
    private final EventProcessingConfiguration processing;

    DeadLetters(JdbcClient jdbc, EventProcessingConfiguration processing) {
        this.jdbc = jdbc;
        this.processing = processing;
    }

    /** A fact set aside; no cause: it waits behind one that has. */
    public record DeadLetter(
            String plan,
            long version,
            @Nullable String causeType,
            @Nullable String causeMessage,
            @Nullable String since) {}

    /** Those of a projection, and why; the first of each plan blocks those behind. */
    public List<DeadLetter> of(String projection) {
        return jdbc.sql("""
                        select sequence_identifier, sequence_number, cause_type, cause_message, enqueued_at
                        from dead_letter where processing_group = ? order by sequence_identifier collate "C", sequence_index
                        """)
                .param(projection)
                .query((row, i) -> new DeadLetter(
                        row.getString("sequence_identifier"),
                        row.getLong("sequence_number") + 1,
                        row.getString("cause_type"),
                        row.getString("cause_message"),
                        row.getString("enqueued_at")))
                .list();
    }

    /**
     * Handles those of each plan again; those of one that fails again stay, and hinder no other.
     *
     * @return of how many plans some were handled
     */
    public int retry(String projection) {
        var letters = processing.sequencedDeadLetterProcessor(projection).orElseThrow();
        var plans = of(projection).stream().map(DeadLetter::plan).distinct();
        return (int) plans.filter(plan -> letters.process(letter -> isOf(plan, letter.message())))
                .count();
    }

    private static boolean isOf(String plan, EventMessage<?> message) {
        return message instanceof DomainEventMessage<?> fact
                && fact.getAggregateIdentifier().equals(plan);
    }
}
