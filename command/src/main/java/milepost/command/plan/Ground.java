package milepost.command.plan;

/**
 * What a fact is judged on.
 *
 * @param known all that is known of the plan: what exists
 * @param then the plan as it stood on the last day the fact can mean: what was possible
 */
record Ground(ActionPlan known, ActionPlan then) {}
