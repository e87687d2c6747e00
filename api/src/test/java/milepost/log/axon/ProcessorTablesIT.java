package milepost.log.axon;

import static milepost.log.axon.Node.noted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProcessorTablesIT {
    private static final LogDatabase DATABASE = new LogDatabase();
    private static final ScheduledExecutorService EXECUTOR = Executors.newScheduledThreadPool(3);

    /** Tokens name their own classes, which Jackson must be allowed to read. */
    private static final Serializer TOKENS = Jackson3Serializer.builder().build();

    private final JdbcTokenStore tokens = JdbcTokenStore.builder()
            .connectionProvider(DATABASE::connect)
            .schema(ProcessorTables.TOKENS)
            .serializer(TOKENS)
            .contentType(byte[].class)
            .build();

    @AfterAll
    static void shutDown() {
        EXECUTOR.shutdownNow();
    }

    @Test
    void the_storage_identifier_is_there_from_the_first_start_on() {
        var id = tokens.retrieveStorageIdentifier().orElseThrow();
        assertThat(UUID.fromString(id)).isNotNull();
        assertThat(tokens.retrieveStorageIdentifier()).contains(id);
        assertThat(DATABASE.sql()
                        .sql("select count(*) from token_entry where processor_name = '__config'")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void a_pooled_processor_handles_each_fact_soon_and_goes_on_from_its_token_after_a_restart() throws Exception {
        var handled = new LinkedBlockingQueue<String>();
        try (var node = Node.on(DATABASE)) {
            var processor = processor(node, handled);
            processor.start();
            node.append(noted("pooled", 1, "one"));
            assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo("one");

            var taken = new ArrayList<Duration>();
            for (var version = 2; version <= 12; version++) {
                long start = System.nanoTime();
                node.append(noted("pooled", version, "nth " + version));
                assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo("nth " + version);
                taken.add(Duration.ofNanos(System.nanoTime() - start));
            }
            taken.sort(null);
            assertThat(taken.get(5)).as("Axon alone looks every 500 ms").isLessThan(Duration.ofMillis(400));
            processor.shutDown();

            node.append(noted("pooled", 13, "three"));
            var next = processor(node, handled);
            next.start();
            assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo("three");
            next.shutDown();
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void a_dead_letter_is_kept_and_read_back() {
        var queue = JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                .processingGroup("timeline")
                .connectionProvider(DATABASE::connect)
                .transactionManager(NoTransactionManager.INSTANCE)
                .schema(ProcessorTables.DEAD_LETTERS)
                .genericSerializer(TOKENS)
                .eventSerializer(Node.SERIALIZER)
                .build();
        var event = noted("lettered", 1, "unhandled");
        queue.enqueue(
                "lettered", new GenericDeadLetter<>("lettered", event, new IllegalStateException("x".repeat(2000))));
        assertThat(queue.contains("lettered")).isTrue();
        assertThat(queue.process(letter -> {
                    assertThat(letter.message().getPayload()).isEqualTo(event.getPayload());
                    return Decisions.evict();
                }))
                .isTrue();
        assertThat(queue.size()).isZero();
    }

    private PooledStreamingEventProcessor processor(Node node, BlockingQueue<String> handled) {
        return PooledStreamingEventProcessor.builder()
                .name("pooled")
                .messageSource(node.log())
                .tokenStore(tokens)
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(new Handler(handled))
                        .build())
                .coordinatorExecutor(EXECUTOR)
                .workerExecutor(EXECUTOR)
                .initialSegmentCount(2)
                .initialToken(source -> source.createTailToken())
                .build();
    }

    record Handler(BlockingQueue<String> handled) {
        @EventHandler
        void on(Node.Noted noted) {
            handled.add(noted.text());
        }
    }
}
