package milepost.log.store;

import java.util.Optional;
import milepost.log.Repetitions;
import milepost.event.PlanId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The idempotency keys in the log: committed with their facts, and looked up by their index. */
@Component
class StoredKeys implements Repetitions {
    private final JdbcClient jdbc;

    StoredKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Before> find(PlanId plan, String key) {
        return jdbc.sql("select request_hash, version from event_log where stream = ? and idempotency_key = ?")
                .params(History.stream(plan), key)
                .query((row, i) -> new Before(row.getString("request_hash"), row.getLong("version")))
                .optional();
    }
}
