package milepost.api.read;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import milepost.api.http.Links;
import milepost.api.http.Moments;
import milepost.api.http.Today;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.Happening;
import milepost.event.PartialDate;
import milepost.event.Years;
import milepost.log.Moment;
import milepost.log.store.History;
import milepost.query.metric.IndicatorHistory;
import milepost.query.past.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The plans' indicators month by month, for Prometheus, which itself knows only what it has scraped. */
@RestController
@Needs(Right.READ)
@Tag(name = "Network")
class MetricHistoryEndpoint {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String VERSION = ";version=1.0.0;charset=utf-8";
    private static final int MOST = 1_000;

    private final History history;
    private final Today today;

    MetricHistoryEndpoint(History history, Today today) {
        this.history = history;
        this.today = today;
    }

    @Operation(
            operationId = "readMetricHistory",
            summary = "The indicators of all plans since 2018, for Prometheus",
            description =
                    "OpenMetrics with a sample at 12:00 UTC of the first of each month, when that day has begun everywhere, as each plan is read on"
                            + " that day, under the names of the recording rules; ops/prometheus/history loads it.")
    @GetMapping(path = "/api/metrics/history", produces = OPEN_METRICS)
    ResponseEntity<StreamingResponseBody> history(
            @Parameter(
                            description = "A day, month or year; the first day a plan was open unless told otherwise,"
                                    + " or as far back as " + MOST + " months reach.",
                            schema = @Schema(type = "string", example = "2018-01"))
                    @RequestParam(required = false)
                    @Nullable
                    PartialDate from,
            @Parameter(
                            description = "A day, month or year, to its end; today unless told otherwise.",
                            schema = @Schema(type = "string", example = "2025-12"))
                    @RequestParam(required = false)
                    @Nullable
                    PartialDate to) {
        var past = new IndicatorHistory(days(from, to));
        history.plans().forEach(plan -> past.add(history.recorded(plan, Moment.NOW)));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, OPEN_METRICS + VERSION)
                .body(out -> write(past, out));
    }

    /** A sample ahead of today would stand where the future's own belongs. */
    private List<LocalDate> days(@Nullable PartialDate from, @Nullable PartialDate to) {
        if (from != null) Moments.within("from", from);
        if (to != null) Moments.within("to", to);
        var today = this.today.day();
        if (to != null && to.earliest().isAfter(today)) {
            throw Links.refused("to", "lies in the future; this is the past, up to " + today);
        }
        var last = to == null || to.latest().isAfter(today) ? today : to.latest();
        var first = from == null ? Period.MONTH.latest(opening(last), last, MOST) : from.earliest();
        if (first.isAfter(last)) throw Links.refused("from", "lies after to, " + last + "; take an earlier one");
        var days = Stream.iterate(month(first), day -> !day.isAfter(last), day -> day.plusMonths(1))
                .limit(MOST + 1L)
                .toList();
        if (days.size() > MOST) {
            throw Links.refused("from", "gives more than " + MOST + " months, from " + first + "; take a later one");
        }
        return days;
    }

    /** When the earliest plan was opened, which is what a plan's stream begins with; {@code other} if none was by then. */
    private LocalDate opening(LocalDate other) {
        return history.plans().stream()
                .flatMap(plan -> history.fact(plan, 1L).stream())
                .flatMap(fact ->
                        fact.event() instanceof Happening opening ? Stream.of(opening.countsFrom()) : Stream.of())
                .filter(day -> Years.have(day) && day.isBefore(other))
                .min(LocalDate::compareTo)
                .orElse(other);
    }

    /** The first of a month that comes next, or is the day. */
    private static LocalDate month(LocalDate day) {
        return day.getDayOfMonth() == 1 ? day : day.plusMonths(1).withDayOfMonth(1);
    }

    private static void write(IndicatorHistory past, OutputStream out) throws IOException {
        var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        past.write(text);
        text.flush();
    }
}
