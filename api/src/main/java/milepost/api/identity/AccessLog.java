package milepost.api.identity;

import java.util.Map;
import milepost.event.Author;
import milepost.event.json.EventJson;
import milepost.log.store.AccessStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what the access log has to know. */
@Component
public class AccessLog {
    private final AccessStream stream;

    AccessLog(AccessStream stream) {
        this.stream = stream;
    }

    /** Returns when it is recorded; in the caller's transaction if there is one, as its last step. */
    @Transactional
    public void record(Author by, AccessFact fact) {
        stream.append(
                fact.getClass().getSimpleName(),
                EventJson.MAPPER.writeValueAsString(fact),
                EventJson.MAPPER.writeValueAsString(Map.of("by", by)));
    }
}
