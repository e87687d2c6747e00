package milepost.ops.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * Requests sent at even intervals, whoever is still unanswered: how long each took from the moment it was due, in
 * milliseconds, so that a pause counts for all who would have come in it.
 */
record Paced(List<Double> millis, int refused) {
    /** @param request answers whether the nth was accepted */
    static Paced send(double perSecond, int seconds, IntPredicate request) {
        var millis = new double[(int) Math.max(1, perSecond * seconds)];
        var refused = new AtomicInteger();
        var begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < millis.length; i++) {
                var nth = i;
                var due = begin + (long) (i * 1e9 / perSecond);
                for (long wait; (wait = due - System.nanoTime()) > 0; ) LockSupport.parkNanos(wait);
                threads.execute(() -> {
                    if (!request.test(nth)) refused.incrementAndGet();
                    millis[nth] = (System.nanoTime() - due) / 1e6;
                });
            }
        }
        return new Paced(Arrays.stream(millis).boxed().toList(), refused.get());
    }
}
