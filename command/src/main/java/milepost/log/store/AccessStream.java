package milepost.log.store;

import milepost.log.StreamName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the stream {@code access}, whose facts come from many hands that know no version. */
@Component
public class AccessStream {
    private final JdbcClient jdbc;

    AccessStream(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** As the last step of the caller's transaction, since from here to the commit nobody else can write the log. */
    public void append(String type, String payload, String metadata) {
        // Should this node freeze before the commit, the server ends the transaction and others go on.
        jdbc.sql("set local idle_in_transaction_session_timeout = '8s'").update();
        jdbc.sql("""
                        insert into event_log (event_id, stream, type, payload, metadata)
                        values (gen_random_uuid(), :stream, :type, :payload, :metadata)
                        """)
                .param("stream", StreamName.ACCESS)
                .param("type", type)
                .param("payload", payload)
                .param("metadata", metadata)
                .update();
    }
}
