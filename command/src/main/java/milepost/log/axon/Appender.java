package milepost.log.axon;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what many callers hand over, in the order of their arrival, with one commit for all that have gathered.
 * Each request succeeds or fails by itself, and its caller is told only what is final.
 */
public final class Appender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
    private static final int BATCH = 256;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Requests requests;
    private final Duration patience;
    private final BooleanSupplier hopeless;
    private final LogWriter writer;
    private final Thread thread;

    /** Why the log could not be written when it was last tried; null if it could. */
    private volatile @Nullable SQLException failure;

    /**
     * @param source gives a connection of its own, not a pool's: it is kept, and its session settings are changed
     * @param hopeless whether a database that is away stays away, so that nothing is tried again
     */
    public Appender(DataSource source, BooleanSupplier hopeless) {
        this(source, 4 * BATCH, Duration.ofSeconds(20), hopeless);
    }

    /**
     * @param capacity how many requests may wait
     * @param patience how long a request is tried before its caller is told that it is not stored, or not known to be
     */
    Appender(DataSource source, int capacity, Duration patience) {
        this(source, capacity, patience, () -> false);
    }

    Appender(DataSource source, int capacity, Duration patience, BooleanSupplier hopeless) {
        requests = new Requests(capacity);
        this.patience = patience;
        this.hopeless = hopeless;
        writer = new LogWriter(source);
        thread = Thread.ofPlatform().name("event-log-appender").daemon().start(this::run);
    }

    /**
     * Returns when all facts are stored; throws when none is, or {@link OutcomeUnknown}.
     *
     * @param stored is told where, in their order, before anything else: by the writer's thread, since on a busy node a
     *     projection may have read them from the log before the caller's own thread has its turn
     */
    void append(List<LogRow> facts, Consumer<List<Place>> stored) {
        if (facts.isEmpty()) return;
        var request = new Request(facts, stored, patience);
        if (!requests.offer(request)) throw new LogBusy("The log takes no more requests now", failure);
        request.await().orThrow();
    }

    /** Takes no more, and returns when all that was taken has its outcome. */
    @Override
    public void close() {
        requests.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (var batch = requests.next(BATCH); !batch.isEmpty(); batch = requests.next(BATCH)) {
            try {
                settle(batch);
            } catch (Throwable e) {
                LOG.error("A batch of {} requests was left without an outcome", batch.size(), e);
                batch.forEach(request -> request.settle(new Outcome.Unknown(e)));
                writer.abandon();
            }
        }
        writer.abandon();
    }

    /** Tries until each request is stored or refused, or its time is up. */
    private void settle(List<Request> requests) throws InterruptedException {
        Exception last = new TimeoutException("The log was busy with earlier requests");
        for (var open = inTime(requests, last); !open.isEmpty(); open = inTime(open, last)) {
            try {
                writer.open();
                store(open);
                return;
            } catch (SQLException e) {
                if (isVerdict(e)) {
                    refuse(open, e);
                    return;
                }
                if (hopeless.getAsBoolean()) {
                    for (var request : open) request.giveUp(e);
                    writer.abandon();
                    return;
                }
                LOG.warn("The event log cannot be written, trying again: {}", e.getMessage());
                writer.abandon();
                failure = e;
                last = e;
                Thread.sleep(PAUSE);
            }
        }
    }

    private void store(List<Request> open) throws SQLException {
        var facts = open.stream().flatMap(request -> request.facts().stream()).toList();
        Map<String, Place> places;
        try {
            places = open.stream().anyMatch(Request::isInDoubt) ? writer.insertMissing(facts) : writer.insert(facts);
        } catch (SQLException e) {
            if (writer.isLost()) open.forEach(Request::doubt);
            throw e;
        }
        failure = null;
        for (var request : open) request.settle(places);
    }

    /** Halves the batch until the guilty stand alone; the order of the others stays. */
    private void refuse(List<Request> open, SQLException verdict) throws InterruptedException {
        if (open.size() == 1) {
            open.getFirst().settle(new Outcome.Refused(verdict));
            return;
        }
        int half = open.size() / 2;
        settle(open.subList(0, half));
        settle(open.subList(half, open.size()));
    }

    /** The facts are at fault (SQLSTATE classes 22 data, 23 constraint, 54 limit), not the server or the connection. */
    private static boolean isVerdict(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }

    private static List<Request> inTime(List<Request> requests, Exception last) {
        var open = new ArrayList<Request>();
        for (var request : requests) {
            if (request.isOverdue()) request.giveUp(last);
            else open.add(request);
        }
        return open;
    }
}
