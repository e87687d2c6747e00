package milepost.command.plan;

/**
 * What became of a request.
 *
 * @param version the plan's version of the fact it recorded, or its last one if nothing was new
 * @param recorded whether a fact was recorded, now or under the same idempotency key before
 */
public record CommandResult(long version, boolean recorded) {}
