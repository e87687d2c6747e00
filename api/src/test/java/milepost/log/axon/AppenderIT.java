package milepost.log.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import milepost.database.Trouble;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class AppenderIT {
    private static final LogDatabase DATABASE = new LogDatabase();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String stream = "plan/" + UUID.randomUUID();

    @Test
    void an_answer_that_was_lost_after_the_commit_is_found_out_and_nothing_is_stored_twice() throws Exception {
        try (var wire = new Wire(DATABASE);
                var appender = new Appender(wire.source(), 10, PATIENCE)) {
            append(appender, fact(1));
            wire.loseAnswers(true);
            var second = CompletableFuture.runAsync(() -> append(appender, fact(2), fact(3)));
            awaitStored(3);
            assertThat(second).isNotDone();
            wire.loseAnswers(false);
            wire.cut(false);
            assertThatCode(second::join).doesNotThrowAnyException();
            append(appender, fact(4));
            assertThat(stored()).isEqualTo(4);
        }
    }

    @Test
    void an_attempt_that_never_arrived_is_made_again() {
        try (var blocker = new Blocker(DATABASE);
                var appender = new Appender(DATABASE.source("victim"), 10, PATIENCE)) {
            var first = CompletableFuture.runAsync(() -> append(appender, fact(1)));
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
            var first = CompletableFuture.runAsync(() -> append(appender, fact(1)));
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
            append(appender, fact(1));
            wire.loseAnswers(true);
            var second = CompletableFuture.runAsync(() -> append(appender, fact(2)));
            awaitStored(2);
            wire.cut(true);
            assertThatThrownBy(second::join).hasCauseInstanceOf(OutcomeUnknown.class);

            assertThatThrownBy(() -> append(appender, fact(3))).isInstanceOf(LogBusy.class);
            wire.restore();
            append(appender, fact(3));
            assertThat(stored()).isEqualTo(3);
        }
    }

    @Test
    void while_somebody_holds_the_log_for_long_it_is_busy_and_nothing_is_stored() {
        try (var blocker = new Blocker(DATABASE);
                var appender = new Appender(DATABASE.source(), 10, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> append(appender, fact(1))).isInstanceOf(LogBusy.class);
            blocker.release();
            assertThat(stored()).isZero();
            append(appender, fact(1));
        }
    }

    @Test
    void who_is_refused_while_the_database_is_read_only_learns_it_and_once_it_is_over_so_has_the_writer() {
        DATABASE.setting("default_transaction_read_only", "on");
        try (var appender = new Appender(DATABASE.source(), 10, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> append(appender, fact(1)))
                    .isInstanceOf(LogBusy.class)
                    .satisfies(busy -> assertThat(Trouble.of(busy)).contains(Trouble.READ_ONLY));
            DATABASE.setting("default_transaction_read_only", "off");
            append(appender, fact(1));
            assertThat(stored()).isEqualTo(1);
        } finally {
            DATABASE.setting("default_transaction_read_only", "off");
        }
    }

    /** A commit that the server has in memory only is gone with it, and was acknowledged. */
    @Test
    void what_is_acknowledged_is_on_disk_whatever_the_database_has_for_a_default() {
        DATABASE.setting("synchronous_commit", "off");
        DATABASE.sql().sql("create table committed (how text)").update();
        DATABASE.sql().sql("""
                create function note() returns trigger language plpgsql as $$
                begin
                    insert into committed values (current_setting('synchronous_commit'));
                    return null;
                end $$""").update();
        DATABASE.sql()
                .sql("create trigger note after insert on event_log for each statement execute function note()")
                .update();
        try (var appender = new Appender(DATABASE.source(), 10, PATIENCE)) {
            append(appender, fact(1));
            assertThat(DATABASE.sql()
                            .sql("select how from committed")
                            .query(String.class)
                            .list())
                    .containsExactly("on");
        } finally {
            DATABASE.sql().sql("drop trigger note on event_log").update();
            DATABASE.setting("synchronous_commit", "on");
        }
    }

    @Test
    void once_the_database_is_gone_for_good_nothing_is_tried_again() throws Exception {
        var gone = new AtomicBoolean();
        var tries = new AtomicInteger();
        try (var wire = new Wire(DATABASE);
                var appender = new Appender(counting(wire.source(), tries), 10, PATIENCE, gone::get)) {
            append(appender, fact(1));
            wire.loseAnswers(true);
            var sent = CompletableFuture.runAsync(() -> append(appender, fact(2)));
            awaitStored(2);
            gone.set(true);
            wire.cut(true);
            assertThatThrownBy(sent::join).hasCauseInstanceOf(OutcomeUnknown.class);
            assertThat(tries).hasValue(1);
            assertThatThrownBy(() -> append(appender, fact(3))).isInstanceOf(LogBusy.class);
            assertThat(tries).hasValue(2);
        }
    }

    private static DataSource counting(DataSource source, AtomicInteger tries) {
        return new DelegatingDataSource(source) {
            @Override
            public Connection getConnection() throws SQLException {
                tries.incrementAndGet();
                return super.getConnection();
            }
        };
    }

    @Test
    void a_full_queue_refuses_at_once_and_closing_finishes_what_was_taken() throws Exception {
        try (var blocker = new Blocker(DATABASE)) {
            var appender = new Appender(DATABASE.source(), 2, PATIENCE);
            var sent = CompletableFuture.runAsync(() -> append(appender, fact(1)));
            DATABASE.awaitWaiters(1);
            var waiting = new ArrayList<FutureTask<Void>>();
            for (var version : List.of(2L, 3L)) {
                waiting.add(new FutureTask<>(() -> append(appender, fact(version)), null));
                LogDatabase.awaitBlocked(Thread.startVirtualThread(waiting.getLast()));
            }
            assertThatThrownBy(() -> append(appender, fact(4))).isInstanceOf(LogBusy.class);

            var closing = Thread.startVirtualThread(appender::close);
            LogDatabase.awaitBlocked(closing);
            assertThatThrownBy(() -> append(appender, fact(4))).isInstanceOf(LogBusy.class);
            blocker.release();
            closing.join();
            sent.join();
            for (var one : waiting) one.get();
            assertThat(stored()).isEqualTo(3);
        }
    }

    private LogRow fact(long version) {
        return new LogRow(UUID.randomUUID().toString(), stream, version, "Noted", null, "{}", "{}", null, null, null);
    }

    private long stored() {
        return DATABASE.sql()
                .sql("select count(*) from event_log where stream = ?")
                .param(stream)
                .query(Long.class)
                .single();
    }

    private static void append(Appender appender, LogRow... facts) {
        appender.append(List.of(facts), places -> {});
    }

    private void awaitStored(long count) {
        while (stored() < count) LogDatabase.pause(Duration.ofMillis(20));
    }
}
