package milepost.api.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AppenderIT {
    private static final LogDatabase DATABASE = new LogDatabase();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String stream = "plan/" + UUID.randomUUID();

    @Test
    void an_answer_that_was_lost_after_the_commit_is_found_out_and_nothing_is_stored_twice() throws Exception {
        try (var wire = new Wire(DATABASE);
                var appender = new Appender(wire.source(), 10, PATIENCE)) {
            appender.append(List.of(fact(1)));
            wire.loseAnswers(true);
            var second = CompletableFuture.runAsync(() -> appender.append(List.of(fact(2), fact(3))));
            awaitStored(3);
            assertThat(second).isNotDone();
            wire.loseAnswers(false);
            wire.cut(false);
            assertThatCode(second::join).doesNotThrowAnyException();
            appender.append(List.of(fact(4)));
            assertThat(stored()).isEqualTo(4);
        }
    }

    @Test
    void an_attempt_that_never_arrived_is_made_again() {
        try (var blocker = new Blocker(DATABASE);
                var appender = new Appender(DATABASE.source("victim"), 10, PATIENCE)) {
            var first = CompletableFuture.runAsync(() -> appender.append(List.of(fact(1))));
            DATABASE.awaitWaiters(1);
            DATABASE.terminate("victim");
            blocker.release();
            first.join();
            assertThat(stored()).isEqualTo(1);
        }
    }

    @Test
    void an_attempt_still_waiting_on_the_server_is_waited_for() throws Exception {
        try (var wire = new Wire(DATABASE);
                var blocker = new Blocker(DATABASE);
                var appender = new Appender(wire.source(), 10, PATIENCE)) {
            var first = CompletableFuture.runAsync(() -> appender.append(List.of(fact(1))));
            DATABASE.awaitWaiters(1);
            wire.cut(false);
            DATABASE.awaitWaiters(2);
            blocker.release();
            first.join();
            assertThat(stored()).isEqualTo(1);
        }
    }

    @Test
    void who_waited_too_long_after_an_attempt_is_told_that_the_outcome_is_unknown() throws Exception {
        try (var wire = new Wire(DATABASE);
                var appender = new Appender(wire.source(), 10, Duration.ofSeconds(2))) {
            appender.append(List.of(fact(1)));
            wire.loseAnswers(true);
            var second = CompletableFuture.runAsync(() -> appender.append(List.of(fact(2))));
            awaitStored(2);
            wire.cut(true);
            assertThatThrownBy(second::join).hasCauseInstanceOf(OutcomeUnknown.class);

            assertThatThrownBy(() -> appender.append(List.of(fact(3)))).isInstanceOf(LogBusy.class);
            wire.restore();
            appender.append(List.of(fact(3)));
            assertThat(stored()).isEqualTo(3);
        }
    }

    @Test
    void while_somebody_holds_the_log_for_long_it_is_busy_and_nothing_is_stored() {
        try (var blocker = new Blocker(DATABASE);
                var appender = new Appender(DATABASE.source(), 10, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> appender.append(List.of(fact(1)))).isInstanceOf(LogBusy.class);
            blocker.release();
            assertThat(stored()).isZero();
            appender.append(List.of(fact(1)));
        }
    }

    @Test
    void once_the_database_is_gone_for_good_nothing_is_tried_again() throws Exception {
        var gone = new AtomicBoolean();
        try (var wire = new Wire(DATABASE);
                var appender = new Appender(wire.source(), 10, Duration.ofHours(1), gone::get)) {
            wire.loseAnswers(true);
            var sent = CompletableFuture.runAsync(() -> appender.append(List.of(fact(1))));
            awaitStored(1);
            gone.set(true);
            wire.cut(true);
            assertThatThrownBy(sent::join).hasCauseInstanceOf(OutcomeUnknown.class);
            assertThatThrownBy(() -> appender.append(List.of(fact(2)))).isInstanceOf(LogBusy.class);
        }
    }

    @Test
    void a_full_queue_refuses_at_once_and_closing_finishes_what_was_taken() throws Exception {
        try (var blocker = new Blocker(DATABASE)) {
            var appender = new Appender(DATABASE.source(), 2, PATIENCE);
            var sent = CompletableFuture.runAsync(() -> appender.append(List.of(fact(1))));
            DATABASE.awaitWaiters(1);
            var waiting = new ArrayList<FutureTask<Void>>();
            for (var version : List.of(2L, 3L)) {
                waiting.add(new FutureTask<>(() -> appender.append(List.of(fact(version))), null));
                LogDatabase.awaitBlocked(Thread.startVirtualThread(waiting.getLast()));
            }
            assertThatThrownBy(() -> appender.append(List.of(fact(4)))).isInstanceOf(LogBusy.class);

            var closing = Thread.startVirtualThread(appender::close);
            LogDatabase.awaitBlocked(closing);
            assertThatThrownBy(() -> appender.append(List.of(fact(4)))).isInstanceOf(LogBusy.class);
            blocker.release();
            closing.join();
            sent.join();
            for (var one : waiting) one.get();
            assertThat(stored()).isEqualTo(3);
        }
    }

    private Fact fact(long version) {
        return new Fact(UUID.randomUUID().toString(), stream, version, "Noted", null, "{}", "{}", null, null, null);
    }

    private long stored() {
        return DATABASE.sql()
                .sql("select count(*) from event_log where stream = ?")
                .param(stream)
                .query(Long.class)
                .single();
    }

    private void awaitStored(long count) {
        while (stored() < count) LogDatabase.pause(Duration.ofMillis(20));
    }
}
