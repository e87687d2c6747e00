package milepost.api.log;

import static milepost.api.log.Node.noted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.TrackingEventStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class LogWakeIT {
    private final LogDatabase database = new LogDatabase();
    private final String plan = UUID.randomUUID().toString();
    private long version;

    @Test
    void a_reader_on_another_node_sees_a_fact_long_before_the_timer() throws Exception {
        try (var writer = Node.on(database, "writer");
                var reader = Node.on(database, "reader");
                var stream = reader.log().openStream(null)) {
            seen(writer, stream);
            var median = LongStream.range(0, 21)
                    .map(nth -> seen(writer, stream))
                    .sorted()
                    .skip(10)
                    .findFirst();
            assertThat(Duration.ofNanos(median.getAsLong())).isLessThan(Duration.ofMillis(100));
        }
    }

    @Test
    void a_processor_is_called_back_and_finds_the_fact() throws Exception {
        try (var node = Node.on(database);
                var stream = node.log().openStream(node.log().createHeadToken())) {
            var found = new SynchronousQueue<String>();
            assertThat(stream.setOnAvailableCallback(() -> {
                        if (stream.hasNextAvailable()) found.offer(take(stream));
                    }))
                    .isTrue();
            var event = noted(plan, ++version, "called");
            node.append(event);
            assertThat(found.poll(5, TimeUnit.SECONDS)).isEqualTo(event.getIdentifier());
        }
    }

    @Test
    void the_timer_finds_what_nobody_told() throws Exception {
        database.sql()
                .sql("alter table event_log disable trigger event_log_tell")
                .update();
        try (var node = Node.on(database);
                var stream = node.log().openStream(null)) {
            assertThat(Duration.ofNanos(seen(node, stream))).isLessThan(Duration.ofMillis(1500));
        }
    }

    @Test
    void a_listener_that_lost_its_connection_listens_again_and_misses_nothing_meanwhile() throws Exception {
        try (var node = Node.on(database);
                var stream = node.log().openStream(null)) {
            seen(node, stream);
            database.terminate("node listener");
            assertThat(Duration.ofNanos(seen(node, stream))).isLessThan(Duration.ofMillis(2500));
            while (!listening()) LogDatabase.pause(Duration.ofMillis(20));
            LogDatabase.pause(Duration.ofMillis(200));
            assertThat(Duration.ofNanos(seen(node, stream))).isLessThan(Duration.ofMillis(300));
        }
    }

    private boolean listening() {
        return database.sql()
                        .sql("select count(*) from pg_stat_activity where application_name = 'node listener'"
                                + " and datname = current_database() and query = 'listen event_log'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** How long a reader that was already waiting needs from the append's answer to the fact, in nanoseconds. */
    private long seen(Node writer, TrackingEventStream stream) {
        var waiting = CompletableFuture.supplyAsync(() -> take(stream));
        LogDatabase.pause(Duration.ofMillis(50));
        var event = noted(plan, ++version, "seen");
        writer.append(event);
        long start = System.nanoTime();
        assertThat(waiting.join()).isEqualTo(event.getIdentifier());
        return System.nanoTime() - start;
    }

    private static String take(TrackingEventStream stream) {
        try {
            return stream.nextAvailable().getIdentifier();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
