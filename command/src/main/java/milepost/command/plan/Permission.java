package milepost.command.plan;

import java.util.Map;
import milepost.plan.PlanRecord;

/** Whether who asks may ask it. */
public interface Permission {
    /**
     * Returns if they may, by what is recorded of the plan; throws if not.
     *
     * @param asking says who asks
     */
    void check(Map<String, ?> asking, Command command, PlanRecord record);
}
