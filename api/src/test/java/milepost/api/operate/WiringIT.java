package milepost.api.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.log.axon.EventLog;
import milepost.log.axon.EventLogStorage;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.updates.configuration.UsagePropertyProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

/** Which parts of Axon are in use: it falls back on parts that keep everything in memory, and says nothing. */
class WiringIT {
    /** All of them. */
    record Beans(ApplicationContext context) {}

    @SuppressWarnings("NullAway.Init")
    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.on(TestServer.createDatabase(), List.of(Beans.class), "milepost.dataset=none");
        Requests.open(node, "lakeside");
        node.awaitProjections();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void facts_are_stored_in_our_log() {
        assertThat(node.bean(EventStore.class)).isInstanceOf(EventLog.class);
        assertThat(node.bean(Configuration.class).eventStore()).isSameAs(node.bean(EventStore.class));
        assertThat(ReflectionTestUtils.getField(node.bean(EventStore.class), "storageEngine"))
                .isInstanceOf(EventLogStorage.class);
    }

    @Test
    void of_requests_only_what_somebody_looks_at_is_measured() {
        var names = node.scrape().stream().map(sample -> sample.split("[{ ]", 2)[0]);
        assertThat(names)
                .contains("http_server_requests_seconds_count", "http_server_requests_seconds_max")
                .noneMatch(name -> name.matches("(http_server_requests_active|spring_security|tasks)_.*"));
    }

    @Test
    void tokens_are_kept_in_the_database() {
        for (var processor : processors()) {
            assertThat(node.bean(EventProcessingConfiguration.class).tokenStore(processor.getName()))
                    .isSameAs(node.bean(TokenStore.class))
                    .isInstanceOf(JdbcTokenStore.class);
        }
        assertThat(node.sql()
                        .sql("select processor_name || ' ' || segment from token_entry order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("__config 0", "plans 0", "plans 1", "timeline 0", "timeline 1");
    }

    /** A token of Axon's own choice would replay: it wraps the tail and calls whatever comes a repetition. */
    @Test
    void a_processor_begins_with_a_plain_token() {
        assertThat(node.sql()
                        .sql("select distinct token_type from token_entry where processor_name <> '__config'")
                        .query(String.class)
                        .list())
                .containsExactly(GlobalSequenceTrackingToken.class.getName());
        assertThat(processors()).noneMatch(PooledStreamingEventProcessor::isReplaying);
    }

    @Test
    void every_processor_is_pooled_and_has_several_segments() {
        assertThat(node.bean(EventProcessingConfiguration.class).eventProcessors())
                .containsOnlyKeys("plans", "timeline")
                .allSatisfy(
                        (name, processor) -> assertThat(processor).isInstanceOf(PooledStreamingEventProcessor.class));
        assertThat(processors())
                .allSatisfy(
                        processor -> assertThat(processor.processingStatus()).containsOnlyKeys(0, 1));
    }

    @Test
    void what_a_projection_cannot_handle_is_kept_in_the_database() {
        for (var processor : processors()) {
            assertThat(node.bean(EventProcessingConfiguration.class).deadLetterQueue(processor.getName()))
                    .get()
                    .isInstanceOf(JdbcSequencedDeadLetterQueue.class);
        }
    }

    @Test
    void a_command_runs_without_a_transaction_and_a_projection_with_one() {
        assertThat(node.bean(CommandBus.class)).isExactlyInstanceOf(SimpleCommandBus.class);
        assertThat(ReflectionTestUtils.getField(node.bean(CommandBus.class), "transactionManager"))
                .isInstanceOf(NoTransactionManager.class);
        assertThat(processors())
                .extracting(processor -> ReflectionTestUtils.getField(processor, "transactionManager"))
                .allSatisfy(manager -> assertThat(manager)
                        .isSameAs(node.bean(TransactionManager.class))
                        .isInstanceOf(SpringTransactionManager.class));
    }

    @Test
    void nothing_is_kept_in_memory() {
        for (var part : List.of(InMemoryTokenStore.class, InMemoryEventStorageEngine.class, EventStorageEngine.class)) {
            assertThat(context().getBeanNamesForType(part))
                    .as(part.getSimpleName())
                    .isEmpty();
        }
        assertThat(List.of(context().getBeanDefinitionNames()))
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("inmemory"));
    }

    @Test
    void facts_are_written_by_the_codec_of_facts_and_the_rest_as_axon_does() {
        var configuration = node.bean(Configuration.class);
        assertThat(configuration.serializer()).isExactlyInstanceOf(Jackson3Serializer.class);
        assertThat(configuration.messageSerializer()).isExactlyInstanceOf(Jackson3Serializer.class);
        assertThat(context().getBean("eventSerializer", Serializer.class))
                .isSameAs(configuration.eventSerializer())
                .isNotSameAs(configuration.serializer());
        Object read = configuration.eventSerializer().deserialize(fact("MilestoneMet", """
                {"plan":"lakeside","on":"2022","milestone":"buses"}"""));
        assertThat(read).isInstanceOf(MilestoneMet.class);
    }

    @Test
    void a_fact_is_stored_under_its_simple_name_as_plain_json() {
        var stored = node.sql()
                .sql("select type, payload from event_log where stream = 'plan/lakeside' and version = 1")
                .query()
                .singleRow();
        assertThat(stored).containsEntry("type", "PlanOpened");
        assertThat(String.valueOf(stored.get("payload")))
                .contains("\"plan\":\"lakeside\"")
                .doesNotContain("milepost.");
    }

    /** One second after the start Axon would send the machine's particulars to its makers, though never from a test. */
    @Test
    void nobody_is_called_home() {
        assertThat(node.bean(UsagePropertyProvider.class).getDisabled()).isTrue();
    }

    private static List<PooledStreamingEventProcessor> processors() {
        var processors = node.bean(EventProcessingConfiguration.class).eventProcessors().values().stream()
                .map(PooledStreamingEventProcessor.class::cast)
                .toList();
        assertThat(processors).isNotEmpty();
        return processors;
    }

    private static ApplicationContext context() {
        return node.bean(Beans.class).context();
    }

    private static SimpleSerializedObject<byte[]> fact(String type, String json) {
        return new SimpleSerializedObject<>(json.getBytes(UTF_8), byte[].class, new SimpleSerializedType(type, null));
    }
}
