package milepost.api.read;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import milepost.api.http.Links;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.api.start.dataset.Documents;
import milepost.event.PlanId;
import milepost.query.timeline.TimelineEntry;
import milepost.query.timeline.store.Timelines;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened in the network, and what was recorded last in it. */
@RestController
@Needs(Right.READ)
@RequestMapping("/api/network")
@Tag(name = "Network")
class NetworkTimelineEndpoint {
    private static final String LIMIT = "1 to 200; 50 unless told otherwise.";
    private static final String AFTER = "From the last page's next link.";

    /** They come with the dataset, so that none is added while pages are read. */
    private final List<Documents.NetworkEvent> events;

    private final Timelines timelines;

    NetworkTimelineEndpoint(Documents documents, Timelines timelines) {
        this.events = documents.events().stream()
                .sorted(Comparator.comparing(event -> event.on().earliest()))
                .toList();
        this.timelines = timelines;
    }

    /** A page of events. */
    record EventsPage(
            List<Documents.NetworkEvent> items, @Nullable String next) {}

    /** A line of a plan's story. */
    record PlanEntry(PlanId plan, @JsonUnwrapped TimelineEntry entry) {}

    /** A page of what was recorded. */
    record RecordedPage(List<PlanEntry> items, @Nullable String next) {}

    @Operation(
            operationId = "readNetworkTimeline",
            summary = "The network's own dated events, in pages",
            description = "By the first day each can mean: order is asc (unless told otherwise) or desc.")
    @GetMapping("/timeline")
    EventsPage timeline(
            @Parameter(description = "asc (unless told otherwise) or desc.") @RequestParam(required = false) @Nullable
                    String order,
            @Parameter(description = LIMIT) @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = AFTER) @RequestParam(required = false) @Nullable String after) {
        if ("recorded".equals(order)) {
            throw Links.refused(
                    "order",
                    "is asc or desc: these events came together; what was recorded last in plans is told by"
                            + " /api/network/recorded");
        }
        Links.oneOf("order", order, Stream.of("asc", "desc"));
        var listed = "desc".equals(order) ? events.reversed() : events;
        var begin = Objects.requireNonNullElse(Links.version(after), 0L);
        if (begin < 0 || begin > listed.size()) throw Links.unknown();
        var end = Math.min(begin + Links.limit(limit), listed.size());
        return new EventsPage(
                listed.subList(begin.intValue(), (int) end),
                Links.next(end < listed.size() ? Optional.of(Long.toString(end)) : Optional.empty()));
    }

    @Operation(
            operationId = "listLastRecorded",
            summary = "What was recorded last, in all plans",
            description = "The last one first, whatever its day, as the plans' timelines tell it; without what was"
                    + " retracted. A fact may be seen here a moment after it is seen in its plan.")
    @GetMapping("/recorded")
    RecordedPage recorded(
            @Parameter(description = LIMIT) @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = AFTER) @RequestParam(required = false) @Nullable String after) {
        var most = Links.limit(limit);
        var before = Objects.requireNonNullElse(Links.version(after), Long.MAX_VALUE);
        var found = timelines.recordedLast(before, most + 1);
        var page = found.stream().limit(most).toList();
        var authors = Identity.current().allows(Right.AUTHORS);
        return new RecordedPage(
                page.stream()
                        .map(one -> new PlanEntry(
                                one.plan(), authors ? one.entry() : one.entry().withAuthorWithheld()))
                        .toList(),
                Links.next(
                        found.size() > most
                                ? Optional.of(Long.toString(page.getLast().position()))
                                : Optional.empty()));
    }
}
