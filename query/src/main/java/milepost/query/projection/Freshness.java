package milepost.query.projection;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import milepost.event.PlanId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Waits until the read side shows what was recorded. */
@Component
public class Freshness {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(3);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final JdbcClient jdbc;
    private final String rows;

    Freshness(JdbcClient jdbc, List<Projection> projections) {
        this.jdbc = jdbc;
        this.rows = projections.stream()
                .map(projection -> "exists (select from %s where plan = :plan and version >= :version)"
                        .formatted(projection.tables().getFirst()))
                .collect(joining(" and ", "select ", ""));
    }

    /** Whether every projection shows the plan's version before the time is over; who waits for long asks less often. */
    public boolean await(PlanId plan, long version, Duration most) throws InterruptedException {
        var until = System.nanoTime() + most.toNanos();
        var pause = FIRST_PAUSE;
        while (!shows(plan, version)) {
            var left = Duration.ofNanos(until - System.nanoTime());
            if (!left.isPositive()) return false;
            Thread.sleep(pause.compareTo(left) < 0 ? pause : left);
            pause = pause.multipliedBy(3).dividedBy(2);
            if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
        }
        return true;
    }

    private boolean shows(PlanId plan, long version) {
        return jdbc.sql(rows)
                .param("plan", plan.text())
                .param("version", version)
                .query(Boolean.class)
                .single();
    }
}
