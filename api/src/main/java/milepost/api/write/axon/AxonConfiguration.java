package milepost.api.write.axon;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import milepost.api.identity.Grant;
import milepost.api.operate.Spans;
import milepost.api.start.database.CommonEnd;
import milepost.command.plan.ActionPlanAggregate;
import milepost.database.Trouble;
import milepost.log.Repetitions;
import milepost.log.axon.Appender;
import milepost.log.axon.EventLog;
import milepost.log.axon.EventLogStorage;
import milepost.log.axon.LogListener;
import milepost.log.axon.ProcessorTables;
import milepost.log.store.KeptRecords;
import milepost.query.projection.Projection;
import milepost.query.projection.Refresh;
import milepost.query.projection.axon.Delivery;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessingException;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Primary;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Every part of Axon that is in use, declared by hand: Axon's own configuration does not know Boot 4's data source and
 * would quietly take parts that keep everything in memory.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class AxonConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AxonConfiguration.class);
    /** The metadata by which a fact names who recorded it. */
    static final String AUTHOR = "by";

    /** Each writes its own batches; of two, a plan that waits for a lock holds up one. */
    private static final int SEGMENTS = 2;

    private static final int BATCH = 200;
    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    private static final String FLYWAY = "flywayInitializer";

    @Bean
    @Primary
    Serializer serializer() {
        return Jackson3Serializer.builder().build();
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer() {
        return new EventSerializer();
    }

    @Bean
    @DependsOn(FLYWAY)
    Appender appender(JdbcConnectionDetails database, CommonEnd end) {
        return new Appender(unpooled(database, "milepost appender"), end::isHere);
    }

    @Bean
    @DependsOn(FLYWAY)
    LogListener logListener(JdbcConnectionDetails database) {
        return new LogListener(unpooled(database, "milepost listener"));
    }

    @Bean
    EventStore eventStore(
            DataSource source,
            Appender appender,
            LogListener listener,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Spans spans,
            KeptRecords records) {
        var plans = new LoadedPlans(records);
        var storage = new EventLogStorage(
                source,
                appender,
                eventSerializer,
                NoOpEventUpcaster.INSTANCE,
                first -> {
                    var span = spans.begin("append", first.getAggregateIdentifier());
                    span.tag("milepost.fact", first.getPayloadType().getSimpleName());
                    return span;
                },
                plans::stored);
        return new EventLog(storage, listener, plans::load);
    }

    /** Without a transaction: a fact is stored once the log says so, and no other work is joined to it. */
    @Bean
    CommandBus commandBus(Configuration axon, CommandGate gate) {
        var bus = SimpleCommandBus.builder().build();
        bus.registerHandlerInterceptor(gate);
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return bus;
    }

    @Bean
    CorrelationDataProvider origin() {
        return new MessageOriginProvider();
    }

    @Bean
    CorrelationDataProvider asking() {
        return new SimpleCorrelationDataProvider(Repetitions.IDEMPOTENCY_KEY, Repetitions.REQUEST_HASH);
    }

    /** By hand as well: Spring would make a bean of each plan that is loaded. */
    @Bean
    ConfigurerModule aggregate() {
        return configurer ->
                configurer.configureAggregate(AggregateConfigurer.defaultConfiguration(ActionPlanAggregate.class)
                        .configureCommandTargetResolver(axon -> ActionPlanAggregate::target));
    }

    /** Who asked, as facts name them. */
    @Bean
    CorrelationDataProvider author() {
        return message -> message.getMetaData().get(Dispatch.GRANT) instanceof Grant grant
                ? Map.of(AUTHOR, grant.author())
                : Map.of();
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource source) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(source));
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
        return JdbcTokenStore.builder()
                .contentType(byte[].class)
                .connectionProvider(connections)
                .serializer(serializer)
                .nodeId(ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID())
                .schema(ProcessorTables.TOKENS)
                .build();
    }

    @Bean
    ConfigurerModule projections(
            ConnectionProvider connections,
            TransactionManager transactions,
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Spans spans,
            Clock clock,
            List<Projection> projections,
            Refresh refresh,
            KeptRecords records) {
        return configurer -> configurer.eventProcessing(processing -> {
            processing.byDefaultAssignHandlerInstancesTo(handler -> ((Delivery) handler).processor());
            for (var projection : projections)
                processing.registerEventHandler(axon -> new Delivery(projection, refresh, records));
            // Else the database is asked for each fact whether its plan has dead letters.
            for (var projection : projections)
                processing.registerDeadLetteringEventHandlerInvokerConfiguration(
                        projection.name(), (axon, invoker) -> invoker.enableSequenceIdentifierCache());
            processing
                    .usingPooledStreamingEventProcessors()
                    .registerPooledStreamingEventProcessorConfiguration((axon, processor) -> processor
                            .initialSegmentCount(SEGMENTS)
                            .batchSize(BATCH)
                            .initialToken(StreamableMessageSource::createTailToken))
                    .registerDefaultHandlerInterceptor(
                            (axon, projection) -> new ProjectionSpans(projection, spans, clock))
                    .registerDefaultListenerInvocationErrorHandler(axon -> PropagatingErrorHandler.instance())
                    .registerDeadLetterQueueProvider(group -> axon -> JdbcSequencedDeadLetterQueue.builder()
                            .processingGroup(group)
                            .connectionProvider(connections)
                            .transactionManager(transactions)
                            .genericSerializer(serializer)
                            .eventSerializer(eventSerializer)
                            .schema(ProcessorTables.DEAD_LETTERS)
                            .build())
                    .registerDefaultDeadLetterPolicy(axon -> (letter, cause) -> {
                        // Nothing is wrong with the fact, so the batch is tried again.
                        if (Trouble.of(cause).isPresent()) throw new EventProcessingException("It passes", cause);
                        LOG.error("Set aside: {}: {}", told(letter.message()), first(cause));
                        return Decisions.enqueue(cause);
                    });
        });
    }

    /** Without the lines that follow, which show rows. */
    private static String first(Throwable cause) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(cause).getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }

    private static String told(EventMessage<?> message) {
        return message instanceof DomainEventMessage<?> fact
                ? "%s of %s, version %s"
                        .formatted(
                                fact.getPayloadType().getSimpleName(),
                                fact.getAggregateIdentifier(),
                                fact.getSequenceNumber() + 1)
                : message.getIdentifier();
    }

    /** Connections of their own: they are held for ever, and a pool would count them as leaked. */
    private static DataSource unpooled(JdbcConnectionDetails database, String name) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.getJdbcUrl());
        source.setUser(database.getUsername());
        source.setPassword(database.getPassword());
        source.setApplicationName(name);
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        return source;
    }
}
