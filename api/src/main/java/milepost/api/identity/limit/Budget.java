package milepost.api.identity.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import milepost.api.http.TooFast;

/**
 * So many per minute for each key, all at once or spread; what was not used does not add up. It is kept on this node,
 * for at most {@link #KEYS} keys at a time.
 */
public final class Budget {
    private static final int KEYS = 100_000;

    private final int perMinute;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(KEYS)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    public Budget(int perMinute) {
        this.perMinute = perMinute;
    }

    /** @throws TooFast if the key's minute is used up */
    public void take(String key) {
        var probe = bucket(key).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) throw new TooFast(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Whether there was something left of the key's minute; it is taken. */
    public boolean tryTake(String key) {
        return bucket(key).tryConsume(1);
    }

    /** As if the last {@link #take} had not been. */
    public void giveBack(String key) {
        bucket(key).addTokens(1);
    }

    private Bucket bucket(String key) {
        return buckets.get(
                key,
                unseen -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }
}
