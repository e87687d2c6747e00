package milepost.log.store;

import java.util.List;
import java.util.Optional;
import milepost.event.PlanId;
import milepost.log.Repetitions;
import milepost.log.StreamName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The idempotency keys in the log: committed with their facts, and looked up by their index. */
@Component
public class StoredKeys implements Repetitions {
    private final JdbcClient jdbc;

    StoredKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Before> find(PlanId plan, String key) {
        return jdbc.sql("select request_hash, version from event_log where stream = ? and idempotency_key = ?")
                .params(StreamName.of(plan), key)
                .query((row, i) -> new Before(row.getString("request_hash"), row.getLong("version")))
                .optional();
    }

    /** A key under which a plan has a fact. */
    public record Used(PlanId plan, String key) {}

    /** All that begin so. */
    public List<Used> beginningWith(String prefix) {
        return jdbc.sql("select stream, idempotency_key from event_log where idempotency_key like ?")
                .param(prefix + "%")
                .query((row, i) -> new Used(
                        new PlanId(StreamName.plan(row.getString("stream"))), row.getString("idempotency_key")))
                .list();
    }
}
