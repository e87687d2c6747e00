package milepost.query.projection;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.log.store.History;
import milepost.log.store.KeptRecords;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Folds projections again from the log while the application runs: each into tables of the same names in a schema beside,
 * which take the place of its old ones in one moment, once they are complete.
 */
@Component
public class Rebuild {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    /** How many facts are folded and written together, at least, if there are so many. */
    private static final int CHUNK = 5_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final History history;
    private final KeptRecords records;
    private final Map<String, Projection> projections = new ConcurrentHashMap<>();
    private final Map<String, Run> progress = new ConcurrentHashMap<>();
    private final Clock clock;

    Rebuild(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            History history,
            KeptRecords records,
            List<Projection> projections,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.history = history;
        this.records = records;
        this.clock = clock;
        projections.forEach(projection -> this.projections.put(projection.name(), projection));
    }

    /**
     * How far a rebuild on this node has come.
     *
     * @param plans how many there are to fold
     * @param done how many are folded
     * @param finished when the new rows took the place of the old
     * @param failure why it stopped; the old rows stay
     * @param kept plans that could not be folded and keep their old rows
     */
    public record Run(
            Instant started,
            int plans,
            int done,
            List<PlanId> kept,
            @Nullable Instant finished,
            @Nullable String failure) {
        boolean isRunning() {
            return finished == null && failure == null;
        }

        private Run of(int plans) {
            return new Run(started, plans, done, kept, finished, failure);
        }

        private Run and(int more, List<PlanId> moreKept) {
            var all = Stream.concat(kept.stream(), moreKept.stream()).toList();
            return new Run(started, plans, done + more, all, finished, failure);
        }

        private Run finished(Instant finished) {
            return new Run(started, plans, done, kept, finished, failure);
        }

        private Run failed(String failure) {
            return new Run(started, plans, done, kept, finished, failure);
        }
    }

    /** The names of all projections. */
    public List<String> names() {
        return projections.keySet().stream().sorted().toList();
    }

    /** How far the latest rebuild of a projection on this node has come, if there was one. */
    public Optional<Run> progress(String name) {
        return Optional.ofNullable(progress.get(name));
    }

    /**
     * Begins in the background; the log is read once for all of them.
     *
     * @return false, and none is begun, if one of them is under way on this node
     */
    public synchronized boolean start(Collection<String> names) {
        if (!projections.keySet().containsAll(names))
            throw new IllegalArgumentException("There are the projections " + names() + ", not " + names + ".");
        if (names.stream().flatMap(name -> progress(name).stream()).anyMatch(Run::isRunning)) return false;
        var begun = new Run(clock.instant(), 0, 0, List.of(), null, null);
        names.forEach(name -> progress.put(name, begun));
        var tables = names.stream()
                .map(projections::get)
                .map(projection -> new Beside(jdbc, transaction, records, Objects.requireNonNull(projection)))
                .toList();
        Thread.ofVirtual().name("rebuild").start(() -> run(tables));
        return true;
    }

    private void run(List<Beside> all) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sizes = Beside.patiently("from the log", history::sizes);
            each(all, threads, Beside::create);
            each(all, threads, tables -> update(tables, p -> p.of(sizes.size())));
            var chunks = chunks(sizes).iterator();
            // The next are read while these are written.
            var next = read(chunks, threads);
            while (next != null
                    && all.stream().anyMatch(tables -> progressOf(tables).isRunning())) {
                var chunk = next.get();
                next = read(chunks, threads);
                each(all, threads, tables -> {
                    var kept = tables.write(chunk.plans, chunk.records);
                    update(tables, p -> p.and(chunk.plans.size(), kept));
                });
            }
            each(all, threads, tables -> {
                tables.takeOver();
                update(tables, p -> p.finished(clock.instant()));
                LOG.info("Rebuilt {}: {} plans", tables.name(), sizes.size());
            });
        } catch (RuntimeException | ExecutionException | InterruptedException e) {
            all.forEach(tables -> fail(tables, e));
        }
    }

    /** Of all projections at once; one that fails stops here, and the others go on. */
    private void each(List<Beside> all, ExecutorService threads, Consumer<Beside> step) throws InterruptedException {
        threads.invokeAll(all.stream()
                .filter(tables -> progressOf(tables).isRunning())
                .map(tables -> Executors.callable(() -> {
                    try {
                        step.accept(tables);
                    } catch (RuntimeException e) {
                        fail(tables, e);
                    }
                }))
                .toList());
    }

    private void fail(Beside tables, Exception e) {
        if (!progressOf(tables).isRunning()) return;
        LOG.error("Rebuilding {} failed; the old rows stay", tables.name(), e);
        update(tables, p -> p.failed(String.valueOf(e.getMessage())));
    }

    private Run progressOf(Beside tables) {
        return Objects.requireNonNull(progress.get(tables.name()));
    }

    private void update(Beside tables, UnaryOperator<Run> step) {
        progress.computeIfPresent(tables.name(), (name, known) -> step.apply(known));
    }

    /** Plans that are folded together, and the records of those that can be read. */
    private record Chunk(List<PlanId> plans, Map<PlanId, PlanRecord> records) {}

    private @Nullable Future<Chunk> read(Iterator<List<PlanId>> chunks, ExecutorService threads) {
        if (!chunks.hasNext()) return null;
        var plans = chunks.next();
        return threads.submit(() -> new Chunk(plans, Beside.patiently("from the log", () -> readable(plans))));
    }

    private Map<PlanId, PlanRecord> readable(List<PlanId> plans) {
        try {
            return records.now(plans);
        } catch (EventJson.Unreadable e) {
            if (plans.size() == 1) return Map.of();
            var readable = new HashMap<PlanId, PlanRecord>();
            for (var plan : plans) readable.putAll(readable(List.of(plan)));
            return readable;
        }
    }

    private static List<List<PlanId>> chunks(Map<PlanId, Long> sizes) {
        var chunks = new ArrayList<List<PlanId>>();
        var facts = 0L;
        for (var size : sizes.entrySet()) {
            if (chunks.isEmpty() || facts >= CHUNK) {
                chunks.add(new ArrayList<>());
                facts = 0;
            }
            chunks.getLast().add(size.getKey());
            facts += size.getValue();
        }
        return chunks;
    }
}
