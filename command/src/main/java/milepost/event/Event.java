package milepost.event;

/** A fact of one plan. */
public sealed interface Event permits Happening, FactRetracted {
    PlanId plan();
}
