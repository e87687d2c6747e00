package milepost.api.read;

import static milepost.api.http.Moments.known;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import milepost.api.http.Links;
import milepost.api.http.Moments;
import milepost.api.http.When;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Guess;
import milepost.event.PlanId;
import milepost.query.timeline.TimelineEntry;
import milepost.query.timeline.store.Timelines;
import milepost.query.timeline.store.Timelines.Order;
import milepost.query.timeline.store.Timelines.Position;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A plan's story. */
@RestController
@Needs(Right.READ)
@Tag(name = "Timeline and history")
class TimelineEndpoint {
    private final Timelines timelines;
    private final Moments moments;

    TimelineEndpoint(Timelines timelines, Moments moments) {
        this.timelines = timelines;
        this.moments = moments;
    }

    /** Order and page. */
    record Listing(
            @Parameter(
                    description =
                            "By the first day each fact can mean: asc (unless told otherwise) or desc; or recorded:"
                                    + " what was recorded last comes first, whatever its day.")
            @Nullable
            String order,

            @Parameter(description = "1 to 200; 50 unless told otherwise.") @Nullable
            Integer limit,

            @Parameter(description = "From the last page's next link.") @Nullable
            String after) {
        private static final Map<String, Order> ORDERS =
                Map.of("asc", Order.OLDEST_FIRST, "desc", Order.NEWEST_FIRST, "recorded", Order.RECORDED_LAST_FIRST);

        Order listed() {
            var known = ORDERS.get(Objects.requireNonNullElse(order, "asc"));
            if (known != null) return known;
            throw Links.refused(
                    "order",
                    "is asc or desc (by day), or recorded (what was recorded last comes first)"
                            + Guess.of(String.valueOf(order), ORDERS.keySet()));
        }

        @Nullable
        Position position() {
            var said = Links.decode(after);
            if (said == null) return null;
            if (!said.matches("\\d{4}-\\d{2}-\\d{2} \\d{1,18}")) throw Links.unknown();
            try {
                var at = said.indexOf(' ');
                return new Position(LocalDate.parse(said.substring(0, at)), Long.parseLong(said.substring(at + 1)));
            } catch (DateTimeException e) {
                throw Links.unknown();
            }
        }
    }

    /** A page of a story. */
    record TimelinePage(List<TimelineEntry> items, @Nullable String next) {}

    @Operation(
            operationId = "readTimeline",
            summary = "Read a plan's story, now or then",
            description =
                    "By the first day each fact can mean, then by version, or by what was recorded last; without what"
                            + " was retracted.")
    @GetMapping("/api/plans/{plan}/timeline")
    TimelinePage read(@PathVariable PlanId plan, @ParameterObject When when, @ParameterObject Listing listing) {
        var moment = moments.of(when, plan);
        var page = known(
                timelines.of(plan, moment, listing.listed(), Links.limit(listing.limit()), listing.position()),
                plan,
                moment);
        var authors = Identity.current().allows(Right.AUTHORS);
        return new TimelinePage(
                page.entries().stream()
                        .map(entry -> authors ? entry : entry.withAuthorWithheld())
                        .toList(),
                Links.next(page.next().map(position -> position.firstDay() + " " + position.version())));
    }
}
