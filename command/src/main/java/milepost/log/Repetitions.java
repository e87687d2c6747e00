package milepost.log;

import java.util.Optional;
import milepost.event.PlanId;
import org.jspecify.annotations.Nullable;

/** Knows which request recorded a fact under an idempotency key. */
public interface Repetitions {
    /** The metadata by which a request carries its idempotency key. */
    String IDEMPOTENCY_KEY = "idempotencyKey";

    /** The metadata by which a request carries the hash of what it asks. */
    String REQUEST_HASH = "requestHash";

    /** Empty if none was recorded under this key on this plan. */
    Optional<Before> find(PlanId plan, String key);

    /**
     * What was recorded under a key.
     *
     * @param request the hash of what was asked
     * @param version the plan's version of the fact
     */
    record Before(@Nullable String request, long version) {}
}
