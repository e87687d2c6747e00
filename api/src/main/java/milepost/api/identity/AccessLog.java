package milepost.api.identity;

import java.util.Map;
import milepost.event.Author;
import milepost.event.json.EventJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes the stream {@code access} of the log. */
@Component
public class AccessLog {
    public static final String STREAM = "access";

    private final JdbcClient jdbc;

    AccessLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns when it is recorded; in the caller's transaction if there is one, as its last step, since from here to the
     * commit nobody else can write the log.
     */
    @Transactional
    public void record(Author by, AccessFact fact) {
        // Should this node freeze before the commit, the server ends the transaction and others go on.
        jdbc.sql("set local idle_in_transaction_session_timeout = '8s'").update();
        jdbc.sql("""
                        insert into event_log (event_id, stream, type, payload, metadata)
                        values (gen_random_uuid(), :stream, :type, :payload, :metadata)
                        """)
                .param("stream", STREAM)
                .param("type", fact.getClass().getSimpleName())
                .param("payload", EventJson.MAPPER.writeValueAsString(fact))
                .param("metadata", EventJson.MAPPER.writeValueAsString(Map.of("by", by)))
                .update();
    }
}
