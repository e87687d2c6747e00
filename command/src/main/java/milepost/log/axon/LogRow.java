package milepost.log.axon;

import org.jspecify.annotations.Nullable;

/**
 * A row that a writer hands to the log; its position, its moment and its line are the log's to give.
 *
 * @param traceparent of the span that stores it, if somebody records it; no part of the line
 */
record LogRow(
        String eventId,
        String stream,
        long version,
        String type,
        @Nullable String revision,
        String payload,
        String metadata,
        @Nullable String idempotencyKey,
        @Nullable String requestHash,
        @Nullable String traceparent) {}
