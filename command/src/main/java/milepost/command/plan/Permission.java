package milepost.command.plan;

import milepost.plan.PlanRecord;
import org.axonframework.messaging.MetaData;

/** Whether who asks may ask it. */
public interface Permission {
    /**
     * Returns if they may, by what is recorded of the plan; throws if not.
     *
     * @param asking says who asks
     */
    void check(MetaData asking, Command command, PlanRecord record);
}
