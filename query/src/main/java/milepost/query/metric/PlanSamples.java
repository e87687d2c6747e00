package milepost.query.metric;

import java.time.LocalDate;
import milepost.query.plan.PlanRows;
import org.jspecify.annotations.Nullable;

/** The samples of a plan's rows, which change with the day only: they are made by the first scrape of a day, and kept. */
final class PlanSamples {
    final PlanRows rows;
    private @Nullable LocalDate day;
    private Samples samples = new Samples();

    PlanSamples(PlanRows rows) {
        this.rows = rows;
    }

    synchronized Samples on(LocalDate day) {
        if (!day.equals(this.day)) {
            samples = new Samples();
            PlanOnDay.of(rows, day).give(samples);
            this.day = day;
        }
        return samples;
    }
}
