package milepost.log.axon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * The log after a token, in order and without end, read again when the listener tells of news: not each time that somebody
 * looks, since under load there would always be one fact more. One thread takes, and others may look at the same time:
 * Axon's coordinator looks once more after it has let the next thread in.
 */
final class LogStream implements TrackingEventStream {
    private final EventStorageEngine storage;
    private final LogListener listener;
    private final List<Registration> registrations = new ArrayList<>();
    private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);
    private Iterator<? extends TrackedEventMessage<?>> fetched = Collections.emptyIterator();
    private @Nullable TrackedEventMessage<?> next;
    private @Nullable TrackingToken last;

    /** Whether the log may have more than was found when it was last read to its end. */
    private volatile boolean told = true;

    LogStream(EventStorageEngine storage, LogListener listener, @Nullable TrackingToken after) {
        this.storage = storage;
        this.listener = listener;
        this.last = after;
        setOnAvailableCallback(() -> news.offer(true));
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (next() == null) {
            if (news.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) == null) return false;
        }
        return true;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(next());
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        for (var taken = take(); ; taken = take()) {
            if (taken != null) return taken;
            news.take();
        }
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        registrations.add(listener.onNews(() -> {
            told = true;
            callback.run();
        }));
        return true;
    }

    @Override
    public void close() {
        registrations.forEach(Registration::cancel);
    }

    private synchronized @Nullable TrackedEventMessage<?> take() {
        var taken = next();
        if (taken != null) {
            last = taken.trackingToken();
            next = null;
        }
        return taken;
    }

    private synchronized @Nullable TrackedEventMessage<?> next() {
        if (next == null && !fetched.hasNext() && told) {
            told = false; // before the look: of what comes after it, it is told again
            fetched = storage.readEvents(last, false).iterator();
        }
        if (next == null && fetched.hasNext()) next = fetched.next();
        return next;
    }
}
