package milepost.api.write.axon;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import milepost.event.PlanId;

/**
 * Who writes a plan on this node waits for who is at it: of two at once, one is stored and the other is decided again, so
 * thirty at once would cost what hundreds do. Nobody waits for long, since the log's order depends on none of it.
 */
final class Turns {
    /** Plans share them, so that there are never more. */
    private static final int LOCKS = 1024;

    private final Duration longest;
    private final ReentrantLock[] locks =
            Stream.generate(() -> new ReentrantLock(true)).limit(LOCKS).toArray(ReentrantLock[]::new);

    /** @param longest how long one waits for the others */
    Turns(Duration longest) {
        this.longest = longest;
    }

    <T> T take(PlanId plan, Supplier<T> work) {
        var lock = locks[Math.floorMod(plan.hashCode(), LOCKS)];
        var isMine = isTaken(lock);
        try {
            return work.get();
        } finally {
            if (isMine) lock.unlock();
        }
    }

    private boolean isTaken(ReentrantLock lock) {
        try {
            return lock.tryLock(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
