package milepost.query.audit.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What this node's own checks of the log have found; said once, when it is found and when it is gone. */
@Component
public class Findings {
    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private final Map<Class<?>, String> wrong = new ConcurrentHashMap<>();
    private volatile boolean checked;

    void wrong(Class<?> check, String what) {
        if (!what.equals(wrong.put(check, what))) LOG.error("The audit log does not verify: {}", what);
    }

    void well(Class<?> check) {
        if (wrong.remove(check) != null) LOG.warn("The audit log verifies again");
    }

    /** The whole log was gone through once. */
    void checked() {
        checked = true;
    }

    /** Whether the log verifies; empty while it was not gone through yet. */
    public Optional<Boolean> verifies() {
        if (!wrong.isEmpty()) return Optional.of(false);
        return checked ? Optional.of(true) : Optional.empty();
    }
}
