package milepost.event;

/** The fact with this version was wrong and is left out from now on; a correction of the record, so it has no day. */
public record FactRetracted(PlanId plan, long version, String reason) implements Event {}
