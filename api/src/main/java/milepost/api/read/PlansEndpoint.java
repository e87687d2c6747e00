package milepost.api.read;

import static milepost.api.http.Moments.known;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import milepost.api.http.Links;
import milepost.api.http.Moments;
import milepost.api.http.Today;
import milepost.api.http.When;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Framework;
import milepost.command.Guess;
import milepost.event.Country;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.query.plan.Plan;
import milepost.query.plan.SearchText;
import milepost.query.plan.store.PlanQuery;
import milepost.query.plan.store.PlanQuery.Position;
import milepost.query.plan.store.PlanQuery.Sort;
import milepost.query.plan.store.Plans;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.databind.json.JsonMapper;

/** The list of plans, and one of them. */
@RestController
@Needs(Right.READ)
@Tag(name = "Plans")
class PlansEndpoint {
    private final Plans plans;
    private final Moments moments;
    private final Today today;
    private final JsonMapper json;

    PlansEndpoint(Plans plans, Moments moments, Today today, JsonMapper json) {
        this.plans = plans;
        this.moments = moments;
        this.today = today;
        this.json = json;
    }

    /** The moment, filters, order and page. */
    record Listing(
            @Parameter(description = When.AS_OF, schema = @Schema(type = "string"), example = "2026-11-20T08:15:30Z")
            @Nullable
            Instant asOf,

            @Parameter(description = When.ON, schema = @Schema(type = "string"), example = "2021-06-30") @Nullable
            LocalDate on,

            @Parameter(description = "ISO 3166-1 alpha-2 code, or the country's name.", example = "TH") @Nullable
            String country,

            @Parameter(description = "A focus area of the framework.", example = "built-infrastructure") @Nullable
            String focusArea,

            @Parameter(description = "The plan's status.", example = "endorsed") @Nullable
            String status,

            @Parameter(
                    description = "Words that all stand in the plan's id, title, city or country, however they are"
                            + " capitalised or accented.",
                    example = "da nang")
            @Nullable
            String q,

            @Parameter(description = "Only plans with overdue milestones, or only those without.") @Nullable
            Boolean overdue,

            @Parameter(description = "plan, city, country, progress, overdue or daysLate; with a leading - descending.")
            @Nullable
            String sort,

            @Parameter(description = "1 to 200; 50 unless told otherwise.") @Nullable
            Integer limit,

            @Parameter(description = "From the last page's next link.") @Nullable
            String after) {
        private static final int DIGITS = 40;
        private static final int LONGEST_SEARCH = 200;

        PlanQuery query() {
            Links.oneOf("focusArea", focusArea, Framework.FOCUS_AREAS.stream().sorted());
            Links.oneOf("status", status, Arrays.stream(PlanStatus.values()).map(s -> s.code));
            var descending = sort != null && sort.startsWith("-");
            var key = sort(sort == null ? Sort.PLAN.code : sort.substring(descending ? 1 : 0));
            return new PlanQuery(
                    code(country),
                    focusArea,
                    status,
                    overdue,
                    words(),
                    key,
                    descending,
                    Links.limit(limit),
                    position(key));
        }

        /** What is no country is in no plan. */
        private static @Nullable String code(@Nullable String country) {
            return country == null
                    ? null
                    : Country.of(country).map(Country::code).orElse(country);
        }

        private List<String> words() {
            if (q == null) return List.of();
            if (q.length() > LONGEST_SEARCH)
                throw Links.refused("q", "has more than " + LONGEST_SEARCH + " characters; give fewer words");
            return SearchText.words(q);
        }

        private static Sort sort(String code) {
            return Arrays.stream(Sort.values())
                    .filter(sort -> sort.code.equals(code))
                    .findFirst()
                    .orElseThrow(() -> Links.refused(
                            "sort",
                            "is one of "
                                    + Arrays.stream(Sort.values())
                                            .map(s -> s.code)
                                            .collect(Collectors.joining(", "))
                                    + ", with a leading - to sort descending"
                                    + Guess.of(
                                            code,
                                            Arrays.stream(Sort.values())
                                                    .map(s -> s.code)
                                                    .toList())));
        }

        private @Nullable Position position(Sort key) {
            var said = Links.decode(after);
            if (said == null) return null;
            var at = said.lastIndexOf(' ');
            if (at < 0 || (key.isNumber() && !isNumber(said.substring(0, at)))) throw Links.unknown();
            return new Position(said.substring(0, at), said.substring(at + 1));
        }

        private static boolean isNumber(String text) {
            try {
                var number = new BigDecimal(text);
                return number.precision() <= DIGITS && Math.abs(number.scale()) <= DIGITS;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    /** A page of plans. */
    record PlansPage(List<Plan.Summary> items, @Nullable String next) {}

    @Operation(operationId = "listPlans", summary = "List the plans with their indicators, now or then")
    @GetMapping("/api/plans")
    PlansPage list(@ParameterObject Listing listing) {
        var query = listing.query();
        var moment = moments.of(new When(listing.asOf(), null, listing.on()));
        var day = moment.day(today.day());
        var page = plans.page(query, moment, day);
        return new PlansPage(
                page.plans().stream().map(rows -> Plan.on(day, rows).summary()).toList(),
                Links.next(page.next().map(position -> position.value() + " " + position.plan())));
    }

    /** The validator is of the body, which changes at midnight too; its first part is the version, for If-Match. */
    @Operation(operationId = "readPlan", summary = "Read a plan, now or then")
    @GetMapping("/api/plans/{plan}")
    @Nullable
    Plan read(@PathVariable PlanId plan, @ParameterObject When when, WebRequest request) {
        var moment = moments.of(when, plan);
        var rows = known(plans.at(moment, plan), plan, moment);
        var answer = Plan.on(moment.day(today.day()), rows);
        var hash = DigestUtils.md5DigestAsHex(json.writeValueAsBytes(answer));
        return request.checkNotModified(rows.plan().version() + "-" + hash) ? null : answer;
    }
}
