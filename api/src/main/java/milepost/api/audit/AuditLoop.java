package milepost.api.audit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import milepost.query.audit.AuditMismatch;
import milepost.query.audit.Note;
import milepost.query.audit.store.AuditLog;
import milepost.query.audit.store.Integrator;
import milepost.query.audit.store.SelfCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets the audit log grow while there are new facts, and checks the old ones, a part each second. */
@Component
@EnableScheduling
class AuditLoop {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLoop.class);

    private final AuditLog log;
    private final Integrator integrator;
    private final SelfCheck selfCheck;
    private final AuditSettings settings;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /** By the time that no clock tells: one that was ahead for a moment would put the next check off for as long. */
    private long nextCheck = System.nanoTime();

    AuditLoop(AuditLog log, Integrator integrator, SelfCheck selfCheck, AuditSettings settings) {
        this.log = log;
        this.integrator = integrator;
        this.selfCheck = selfCheck;
        this.settings = settings;
    }

    /** Facts of a quarter of a second share one signature. */
    @Scheduled(fixedDelay = 250)
    void grow() {
        quietly("growth", () -> {
            var isMore = log.behind().seconds() > 0 || integrator.isStopped();
            while (isMore) isMore = integrator.step();
        });
    }

    @Scheduled(fixedDelay = 1000)
    void check() {
        quietly("self-check", () -> {
            if (System.nanoTime() - nextCheck < 0) return;
            if (selfCheck.step())
                nextCheck = System.nanoTime() + settings.pause().toNanos();
        });
    }

    /** What is wrong with the log is among the findings by now; what is wrong with the database passes, and is said once. */
    private void quietly(String what, Runnable work) {
        try {
            work.run();
            waiting.remove(what);
        } catch (AuditMismatch | Note.Refused e) {
            LOG.debug("Stopped", e);
        } catch (RuntimeException e) {
            if (waiting.add(what)) LOG.warn("The {} of the audit log has to wait: {}", what, e.getMessage());
        }
    }
}
