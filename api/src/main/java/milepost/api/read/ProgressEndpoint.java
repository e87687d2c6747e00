package milepost.api.read;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import milepost.api.http.Links;
import milepost.api.http.Moments;
import milepost.api.http.Today;
import milepost.api.http.When;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.PartialDate;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.query.past.Period;
import milepost.query.past.Progress;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The indicators over time, for a chart. */
@RestController
@Needs(Right.READ)
class ProgressEndpoint {
    private static final int MOST = 1_000;

    private final Records records;
    private final Moments moments;
    private final Today today;

    ProgressEndpoint(Records records, Moments moments, Today today) {
        this.records = records;
        this.moments = moments;
        this.today = today;
    }

    /** Which days, and what was known of them. */
    record Range(
            @Parameter(description = "month (unless told otherwise), week, quarter or year.") @Nullable
            String every,

            @Parameter(description = When.AS_OF, schema = @Schema(type = "string"), example = "2026-11-20T08:15:30Z")
            @Nullable
            Instant asOf,

            @Parameter(
                    description = "The first day of the plan's period unless told otherwise, or as far back as " + MOST
                            + " points reach.",
                    schema = @Schema(type = "string"),
                    example = "2018-01-01")
            @Nullable
            PartialDate from,

            @Parameter(
                    description =
                            "Today unless told otherwise, or the day of asOf; a day ahead shows what is due by then.",
                    schema = @Schema(type = "string"),
                    example = "2025-12-31")
            @Nullable
            LocalDate to) {
        Period period() {
            var asked = Objects.requireNonNullElse(every, Period.MONTH.code);
            Links.oneOf("every", asked, Arrays.stream(Period.values()).map(period -> period.code));
            return Arrays.stream(Period.values())
                    .filter(period -> period.code.equals(asked))
                    .findFirst()
                    .orElseThrow();
        }

        List<LocalDate> days(LocalDate start, LocalDate end) {
            if (from != null) Moments.within("from", from);
            Moments.within("to", to);
            var first = from == null ? start : from.earliest();
            var last = to == null ? end : to;
            if (from != null && first.isAfter(last))
                throw Links.refused("from", "lies after to, " + last + "; take an earlier one");
            // One plan's odd beginning must not keep the others from being shown.
            var days = period().days(from == null ? period().latest(first, last, MOST) : first, last)
                    .limit(MOST + 1L)
                    .toList();
            if (days.size() > MOST) {
                throw Links.refused(
                        "every", "gives more than " + MOST + " points; take a longer period or a shorter range");
            }
            return days;
        }
    }

    /** @param points at the end of each period that is over by {@code to}, and {@code to} itself */
    record Series(String every, List<Progress.Point> points) {}

    @Operation(
            operationId = "readPlanProgress",
            summary = "A plan's indicators over time",
            description =
                    "As the plan is read on the last day of each period, and on the last day asked for. Days on which"
                            + " there was no plan yet have no point; what is absent on a day is null, not 0.")
    @Tag(name = "Plans")
    @GetMapping("/api/plans/{plan}/progress")
    Series plan(@PathVariable PlanId plan, @ParameterObject Range range) {
        var moment = moment(range);
        return series(range, moment, List.of(records.of(plan, moment)));
    }

    @Operation(
            operationId = "readNetworkProgress",
            summary = "The indicators of all plans over time",
            description = "From the first day of the earliest plan's period; a plan counts from the day it was opened.")
    @Tag(name = "Network")
    @GetMapping("/api/network/progress")
    Series network(@ParameterObject Range range) {
        var moment = moment(range);
        return series(range, moment, records.ofAll(moment));
    }

    private Moment moment(Range range) {
        return moments.of(new When(range.asOf(), null, null));
    }

    private Series series(Range range, Moment moment, List<List<Recorded>> recorded) {
        var end = moment.day(today.day());
        var days = range.days(Progress.start(recorded).orElse(end), end);
        return new Series(range.period().code, Progress.on(days, recorded));
    }
}
