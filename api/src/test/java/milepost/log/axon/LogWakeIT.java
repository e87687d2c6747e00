package milepost.log.axon;

import static milepost.log.axon.Node.noted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackingEventStream;
import org.junit.jupiter.api.Test;

class LogWakeIT {
    private static final Duration HALF_THE_TIMER = Duration.ofMillis(500);

    private final LogDatabase database = new LogDatabase();
    private final String plan = UUID.randomUUID().toString();
    private long version;

    @Test
    void a_reader_on_another_node_sees_a_fact_long_before_the_timer() throws Exception {
        try (var writer = Node.on(database, "writer");
                var reader = Node.on(database, "reader");
                var stream = reader.log().openStream(null)) {
            seen(writer, stream);
            assertThat(usually(writer, stream)).isLessThan(HALF_THE_TIMER);
        }
    }

    @Test
    void a_processor_is_called_back_and_finds_the_fact() throws Exception {
        try (var node = Node.on(database);
                var stream = node.log().openStream(node.log().createHeadToken())) {
            var found = new LinkedBlockingQueue<String>();
            assertThat(stream.setOnAvailableCallback(() -> {
                        if (stream.hasNextAvailable()) found.add(take(stream));
                    }))
                    .isTrue();
            var event = noted(plan, ++version, "called");
            node.append(event);
            assertThat(found.poll(60, TimeUnit.SECONDS)).isEqualTo(event.getIdentifier());
        }
    }

    @Test
    void the_timer_finds_what_nobody_told() throws Exception {
        database.sql()
                .sql("alter table event_log disable trigger event_log_tell")
                .update();
        try (var node = Node.on(database);
                var stream = node.log().openStream(null)) {
            seen(node, stream);
        }
    }

    @Test
    void a_listener_that_lost_its_connection_listens_again_and_misses_nothing_meanwhile() throws Exception {
        try (var node = Node.on(database);
                var stream = node.log().openStream(null)) {
            seen(node, stream);
            database.terminate("node listener");
            seen(node, stream);
            while (!listening()) LogDatabase.pause(Duration.ofMillis(20));
            assertThat(usually(node, stream)).isLessThan(HALF_THE_TIMER);
        }
    }

    /** Axon's coordinator lets its next turn begin before it has looked whether there is more: two threads, one stream. */
    @Test
    void a_stream_that_another_thread_looks_into_hands_over_each_fact_once() throws Exception {
        try (var node = Node.on(database);
                var stream = node.log().openStream(null)) {
            var all = new AtomicBoolean();
            var looking = CompletableFuture.runAsync(() -> {
                while (!all.get()) stream.hasNextAvailable();
            });
            try {
                for (var fact = 0; fact < 300; fact++) {
                    var event = noted(plan, ++version, "looked at");
                    node.append(event);
                    assertThat(stream.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
                    assertThat(take(stream)).isEqualTo(event.getIdentifier());
                    assertThat(stream.peek()).isEmpty();
                }
            } finally {
                all.set(true);
            }
            looking.join();
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

    /** The median of eleven: by the timer alone each takes nearly all of its second, since one begins where another ended. */
    private Duration usually(Node writer, TrackingEventStream stream) {
        return Stream.generate(() -> seen(writer, stream))
                .limit(11)
                .sorted()
                .toList()
                .get(5);
    }

    /** How long a reader that was already waiting needs from the append's answer to the fact. */
    private Duration seen(Node writer, TrackingEventStream stream) {
        var waiting = CompletableFuture.supplyAsync(() -> take(stream));
        LogDatabase.pause(Duration.ofMillis(50));
        var event = noted(plan, ++version, "seen");
        writer.append(event);
        long start = System.nanoTime();
        assertThat(waiting.join()).isEqualTo(event.getIdentifier());
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String take(TrackingEventStream stream) {
        try {
            return stream.nextAvailable().getIdentifier();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
