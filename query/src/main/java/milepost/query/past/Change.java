package milepost.query.past;

import java.util.List;
import milepost.query.timeline.TimelineEntry;
import org.jspecify.annotations.Nullable;

/**
 * What differs in one part of a plan.
 *
 * @param before as it was read at the earlier moment; absent if it was not there
 * @param after as it is read at the later one; absent if a retraction or a relief took it away
 * @param facts those that made the difference, in the order they were recorded; none where only the calendar did
 */
public record Change<T>(
        String id,
        String title,
        List<ChangeKind> what,
        @Nullable T before,
        @Nullable T after,
        List<TimelineEntry> facts) {}
