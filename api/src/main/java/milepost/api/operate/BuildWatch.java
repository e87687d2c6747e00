package milepost.api.operate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import milepost.query.projection.axon.Lag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Tells how far each projection is while it is built from many facts: at the first start on them, after a restore, after
 * a long rest. It looks until all have caught up once.
 */
@Component
class BuildWatch {
    private static final Logger LOG = LoggerFactory.getLogger(BuildWatch.class);
    private static final int FEW = 100;

    private final Lag lag;
    private final Clock clock;
    private final Map<String, Build> builds = new ConcurrentHashMap<>();
    private volatile boolean isOver;

    BuildWatch(Lag lag, Clock clock) {
        this.lag = lag;
        this.clock = clock;
    }

    /**
     * How far a build was when this node last looked.
     *
     * @param since when this node first saw it
     * @param doneBefore how many facts were done by then
     * @param secondsLeft at the pace since then; null while there is none
     */
    record Build(
            Instant since,
            long doneBefore,
            long done,
            long facts,
            @Nullable Long secondsLeft) {
        Build next(long done, long facts, Instant now) {
            var pace = (done - doneBefore)
                    / Math.max(1, Duration.between(since, now).toMillis() / 1e3);
            return new Build(since, doneBefore, done, facts, pace > 0 ? Math.round((facts - done) / pace) : null);
        }

        String left() {
            if (secondsLeft == null) return "";
            return secondsLeft < 120
                    ? ", about " + secondsLeft + " s left"
                    : ", about " + Math.round(secondsLeft / 60d) + " minutes left";
        }
    }

    /** Null if it is not being built. */
    @Nullable
    Build of(String projection) {
        return builds.get(projection);
    }

    @Scheduled(fixedDelayString = "${milepost.build.report}", initialDelayString = "${milepost.build.report}")
    void look() {
        if (isOver) return;
        try {
            var behind = lag.read();
            var facts = lag.facts();
            behind.forEach((projection, now) -> look(projection, now.events(), facts));
            isOver = builds.isEmpty();
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Looks again later", e);
        }
    }

    private void look(String projection, long behind, long facts) {
        var done = Math.max(0, facts - behind);
        var before = builds.get(projection);
        if (behind > FEW) {
            var first = new Build(clock.instant(), done, done, facts, null);
            var build = before == null ? first : before.next(done, facts, clock.instant());
            builds.put(projection, build);
            if (before != null && before.done() == done) return;
            LOG.info(String.format(
                    Locale.ROOT, "Building %s: %,d of %,d facts%s", projection, done, facts, build.left()));
        } else if (before != null) {
            builds.remove(projection);
            var seconds = Duration.between(before.since(), clock.instant()).toSeconds();
            LOG.info(String.format(
                    Locale.ROOT, "Built %s: %,d facts in %d s", projection, facts - before.doneBefore(), seconds));
        }
    }
}
