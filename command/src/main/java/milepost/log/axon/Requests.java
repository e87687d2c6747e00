package milepost.log.axon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Requests that wait for the writer, oldest first and never more than {@code capacity}; each that is taken in comes out. */
final class Requests {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Request> waiting = new ArrayDeque<>();
    private final int capacity;
    private boolean closed;

    Requests(int capacity) {
        this.capacity = capacity;
    }

    /** False if it is full or closed. */
    boolean offer(Request request) {
        lock.lock();
        try {
            if (closed || waiting.size() == capacity) return false;
            waiting.add(request);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for at least one and takes what has gathered, at most {@code limit}; none means closed and empty. */
    List<Request> next(int limit) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) changed.awaitUninterruptibly();
            var taken = new ArrayList<Request>();
            while (taken.size() < limit && !waiting.isEmpty()) taken.add(waiting.remove());
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
