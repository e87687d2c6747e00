package milepost.query.projection;

import java.time.Duration;
import java.util.List;
import milepost.event.PlanId;
import org.springframework.stereotype.Component;

/** Waits until the read side shows what was recorded. */
@Component
public class Freshness {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Refresh refresh;
    private final List<Projection> projections;

    Freshness(Refresh refresh, List<Projection> projections) {
        this.refresh = refresh;
        this.projections = projections;
    }

    /** Whether every projection shows the plan's version before the time is over. */
    public boolean await(PlanId plan, long version, Duration most) throws InterruptedException {
        var until = System.nanoTime() + most.toNanos();
        while (!shows(plan, version)) {
            if (System.nanoTime() - until >= 0) return false;
            Thread.sleep(PAUSE);
        }
        return true;
    }

    private boolean shows(PlanId plan, long version) {
        return projections.stream().allMatch(projection -> refresh.version(plan, projection) >= version);
    }
}
