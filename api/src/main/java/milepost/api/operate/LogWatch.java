package milepost.api.operate;

import milepost.log.store.LogClock;
import milepost.log.store.LogSize;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks at the log's clock and size, and says once when a clock goes wrong and once when it is right again. */
@Component
class LogWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

    /** Less passes by before anybody has read of it. */
    private static final double MUCH = 1;

    private final LogClock clock;
    private final LogSize size;
    private boolean isAhead;
    private boolean isOff;

    LogWatch(LogClock clock, LogSize size) {
        this.clock = clock;
        this.size = size;
    }

    @Scheduled(fixedDelay = 1_000)
    void lookAtClocks() {
        quietly(() -> {
            var now = clock.read();
            if (isAhead != now.ahead() > MUCH) {
                isAhead = !isAhead;
                if (isAhead)
                    LOG.warn(
                            "The log's clock is ahead of the database's by {} s: new facts get times right behind {} until"
                                    + " then (LogClockAhead in ops/runbook.md)",
                            Math.round(now.ahead()),
                            now.until());
                else LOG.warn("The log's clock is right again");
            }
            if (isOff != Math.abs(now.offset()) > MUCH) {
                isOff = !isOff;
                if (isOff)
                    LOG.warn(
                            "The database's clock is {} s {} this node's (ClockOff in ops/runbook.md)",
                            Math.round(Math.abs(now.offset())),
                            now.offset() > 0 ? "ahead of" : "behind");
                else LOG.warn("The database's clock and this node's agree again");
            }
        });
    }

    @Scheduled(fixedDelay = 60_000)
    void lookAtSize() {
        quietly(size::look);
    }

    /** That the database is away, others say. */
    private static void quietly(Runnable look) {
        try {
            look.run();
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Looks again later", e);
        }
    }
}
