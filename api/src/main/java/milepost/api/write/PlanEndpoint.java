package milepost.api.write;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import milepost.api.http.Body;
import milepost.api.http.Required;
import milepost.api.http.Today;
import milepost.api.identity.Cities;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Rejected.Field;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.command.plan.Limits;
import milepost.event.CityAmendment;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.log.Moment;
import milepost.log.store.History;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The plan itself. */
@RestController
@Needs(Right.RECORD)
@RequestMapping("/api/plans")
@Tag(name = "Plans")
class PlanEndpoint {
    private final Commands commands;
    private final Today today;
    private final Cities cities;
    private final History history;

    PlanEndpoint(Commands commands, Today today, Cities cities, History history) {
        this.commands = commands;
        this.today = today;
        this.cities = cities;
        this.history = history;
    }

    /** No {@code plan}: the city's slug; no {@code citySlug}: that of its name, or else the plan's id. */
    record Opening(
            @Nullable PlanId plan,
            @JsonUnwrapped CityProfile profile,
            PartialDate from,
            PartialDate to,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details)
            implements Body {}

    /** What is absent stays as it was; without {@code on} it holds from the plan's beginning. */
    record PlanAmendment(
            @JsonUnwrapped CityAmendment profile,
            @Nullable PartialDate from,
            @Nullable PartialDate to,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details)
            implements Body {}

    record PlanStatusChange(
            PlanStatus status,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details) implements Body {}

    record PlanReport(
            @Nullable Health health,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details) implements Body {}

    record Appointment(
            OfficerId officer,
            OfficerRole role,
            String name,
            @Nullable String designation,
            @Nullable PartialDate on,
            @JsonUnwrapped Details details)
            implements Body {}

    record Relief(@Nullable PartialDate on, @JsonUnwrapped Details details) implements Body {}

    record Retraction(@Required @Nullable Long version, String reason) implements Body {
        @Override
        public List<Field> contradictions() {
            return version == null ? List.of(Field.missing("version")) : List.of();
        }
    }

    @Operation(operationId = "openPlan", summary = "Open a plan")
    @Needs(Right.FOUND)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CharterReceipt> open(Target target, @RequestBody Opening body) {
        var city = body.profile();
        var slug = city.citySlug() == null ? slug(city.city(), city.countryCode()) : city.citySlug();
        var plan = body.plan() == null ? new PlanId(slug) : body.plan();
        var named = slug.isEmpty() && plan.text().matches(Limits.SLUG) ? plan.text() : slug;
        var profile = named.isEmpty() ? city : city.withSlug(named);
        var answer = commands.create(
                target,
                new PlanOpened(plan, today.or(body.on()), profile, body.from(), body.to(), body.details()),
                "/api/plans/" + plan);
        return chartered(answer, plan);
    }

    @Operation(
            operationId = "amendPlan",
            summary = "Amend what the plan's opening says",
            description =
                    "Its title, city, country, numbers and period: from the day given, or else from its beginning."
                            + " What is absent or null stays as it was; another city has its own slug, unless citySlug is given.")
    @Needs(Right.FOUND)
    @PostMapping(path = "/{plan}/amend", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CharterReceipt> amend(Target target, @RequestBody PlanAmendment body) {
        var answer = commands.send(new Command(
                target,
                new PlanAmended(
                        target.plan(),
                        today.or(body.on()),
                        withSlug(body.profile(), target.plan()),
                        body.from(),
                        body.to(),
                        body.details()),
                body.on() == null));
        return chartered(answer, target.plan());
    }

    /** Another city is another slug, if any can be made of its name. */
    private CityAmendment withSlug(CityAmendment city, PlanId plan) {
        if (city.city() == null || city.citySlug() != null) return city;
        var code = city.countryCode();
        if (code == null)
            code = told(plan).map(opening -> opening.profile().countryCode()).orElse(null);
        var slug = slug(city.city(), code);
        return slug.isEmpty() ? city : city.withSlug(slug);
    }

    private String slug(@Nullable String city, @Nullable String countryCode) {
        return city == null ? "" : cities.slug(city, Objects.requireNonNullElse(countryCode, ""));
    }

    private Optional<PlanOpened> told(PlanId plan) {
        return history.of(plan, Moment.NOW)
                .flatMap(record -> Optional.ofNullable(record.charter().told()));
    }

    private ResponseEntity<CharterReceipt> chartered(ResponseEntity<Receipt> answer, PlanId plan) {
        var receipt = Objects.requireNonNull(answer.getBody());
        var slug = told(plan).orElseThrow().profile().slug();
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .body(new CharterReceipt(receipt, slug));
    }

    @Operation(
            operationId = "changePlanStatus",
            summary = "Change the plan's status",
            description =
                    "A closed plan takes nothing else. While milestones are open, suspended, completed and closed need a"
                            + " reason.")
    @PostMapping(path = "/{plan}/status", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> status(Target target, @RequestBody PlanStatusChange body) {
        return commands.send(
                target, new PlanStatusChanged(target.plan(), today.or(body.on()), body.status(), body.details()));
    }

    @Operation(
            operationId = "reportPlanStatus",
            summary = "Report on the plan",
            description = "Its health, a narrative or both.")
    @PostMapping(path = "/{plan}/status-reports", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> report(Target target, @RequestBody PlanReport body) {
        return commands.send(
                target, new PlanStatusReported(target.plan(), today.or(body.on()), body.health(), body.details()));
    }

    @Operation(
            operationId = "appointOfficer",
            summary = "Appoint an officer",
            description = "A record; it grants no right.")
    @Needs(Right.FOUND)
    @PostMapping(path = "/{plan}/officers", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> appoint(Target target, @RequestBody Appointment body) {
        return commands.create(
                target,
                new OfficerAppointed(
                        target.plan(),
                        today.or(body.on()),
                        body.officer(),
                        body.role(),
                        body.name(),
                        body.designation(),
                        body.details()),
                "/api/plans/" + target.plan());
    }

    @Operation(operationId = "relieveOfficer", summary = "Relieve an officer")
    @Needs(Right.FOUND)
    @PostMapping(path = "/{plan}/officers/{officer}/relieve", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> relieve(Target target, @PathVariable OfficerId officer, @RequestBody Relief body) {
        return commands.send(target, new OfficerRelieved(target.plan(), today.or(body.on()), officer, body.details()));
    }

    @Operation(
            operationId = "retractFact",
            summary = "Retract a wrong fact",
            description = "It is left out from now on, and stays in the history. Refused if later facts build on it.")
    @PostMapping(path = "/{plan}/retractions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> retract(Target target, @RequestBody Retraction body) {
        return commands.send(
                target,
                new FactRetracted(target.plan(), Objects.requireNonNullElse(body.version(), 0L), body.reason()));
    }
}
