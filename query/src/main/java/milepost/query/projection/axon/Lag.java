package milepost.query.projection.axon;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import milepost.log.store.LogClock;
import milepost.log.store.LogTable;
import milepost.query.projection.Projection;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far behind the log each projection is, by what the database knows: the same on every node, if the log's clock is right. */
@Component
public class Lag {
    private final JdbcClient jdbc;
    private final Serializer serializer;
    private final List<Projection> projections;
    private final LogTable log;
    private final LogClock clock;

    Lag(JdbcClient jdbc, Serializer serializer, List<Projection> projections, LogTable log, LogClock clock) {
        this.jdbc = jdbc;
        this.serializer = serializer;
        this.projections = projections;
        this.log = log;
        this.clock = clock;
    }

    /**
     * How far behind a projection is.
     *
     * @param seconds the age of the oldest fact it has not handled, at least, if its time lies ahead; 0 if there is none
     */
    public record Backlog(double seconds, long events, long deadLetters) {}

    /** By the projection's name. */
    public Map<String, Backlog> read() {
        return projections.stream().collect(toMap(Projection::name, this::read));
    }

    /** How many facts there are to handle. */
    public long facts() {
        return log.facts();
    }

    /** A segment without work keeps an old token for seconds: what counts is what the rows do not show. */
    private Backlog read(Projection projection) {
        var done = tokens(projection.name()).stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
        return jdbc.sql("""
                        select facts.*,
                            (select count(*) from dead_letter where processing_group = :projection) as dead_letters
                        from (%s) facts
                        """.formatted(LogTable.notShown(projection.tables().getFirst())))
                .param("done", done)
                .param("projection", projection.name())
                .query((row, i) -> {
                    clock.sees(row.getLong("last"));
                    var events = row.getLong("events");
                    var seconds = Math.max(0, row.getDouble("seconds"));
                    return new Backlog(
                            events == 0 ? 0 : clock.age(row.getLong("oldest"), seconds),
                            events,
                            row.getLong("dead_letters"));
                })
                .single();
    }

    /** The positions of the segments' tokens; 0 for one that has not begun. */
    private List<Long> tokens(String processor) {
        return jdbc.sql("select token, token_type from token_entry where processor_name = ?")
                .param(processor)
                .query((row, i) -> position(row.getBytes("token"), row.getString("token_type")))
                .list();
    }

    private long position(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) return 0;
        TrackingToken read = serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return read == null ? 0 : read.position().orElse(0);
    }
}
