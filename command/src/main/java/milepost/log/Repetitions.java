package milepost.log;

import java.util.Optional;
import milepost.event.PlanId;
import org.jspecify.annotations.Nullable;

/** Knows which request recorded a fact under an idempotency key. */
public interface Repetitions {
    /** The metadata by which a request carries its idempotency key. */
    String IDEMPOTENCY_KEY = "idempotencyKey";

    /** The metadata by which a request carries the hash of what it asks, as it is recorded. */
    String REQUEST_HASH = "requestHash";

    /** The metadata by which it carries the hash that would have been recorded before. */
    String BYTES_HASH = "bytesHash";

    /** Empty if none was recorded under this key on this plan. */
    Optional<Before> find(PlanId plan, String key);

    /**
     * What was recorded under a key.
     *
     * @param request the hash of what was asked, by the rule that it names
     * @param version the plan's version of the fact
     */
    record Before(@Nullable String request, long version) {
        /** By which metadata a request is compared with it. */
        public String comparedBy() {
            return request != null && request.startsWith(RequestHashes.BY_MEANING) ? REQUEST_HASH : BYTES_HASH;
        }
    }
}
