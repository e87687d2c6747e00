package milepost.api.write.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import milepost.event.PlanId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TurnsTest {
    private static final PlanId PHUKET = new PlanId("phuket");

    @Test
    @Timeout(60)
    void one_plan_is_written_by_one_at_a_time() throws InterruptedException {
        var turns = new Turns(Duration.ofHours(1));
        var entered = new AtomicBoolean();

        var second = turns.take(PHUKET, () -> {
            var other = Thread.ofPlatform().start(() -> turns.take(PHUKET, () -> entered.getAndSet(true)));
            while (!entered.get() && other.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
            assertThat(entered).isFalse();
            return other;
        });

        second.join();
        assertThat(entered).isTrue();
    }

    @Test
    @Timeout(60)
    void who_has_waited_long_enough_goes_on_and_whoever_fails_has_had_their_turn() {
        var turns = new Turns(Duration.ofMillis(1));
        var other = new CountDownLatch(1);
        var slow = CompletableFuture.supplyAsync(() -> turns.take(PHUKET, () -> {
            try {
                other.await();
                throw new IllegalStateException("failed");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));

        assertThat(turns.take(PHUKET, () -> "went on")).isEqualTo("went on");
        other.countDown();
        assertThat(slow.handle((answer, failure) -> failure).join()).hasMessageContaining("failed");
        assertThat(turns.take(PHUKET, () -> "again")).isEqualTo("again");
    }
}
