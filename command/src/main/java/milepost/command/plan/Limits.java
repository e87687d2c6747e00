package milepost.command.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import milepost.command.Framework;
import milepost.command.Guess;
import milepost.command.NetworkDocuments;
import milepost.command.Rejected.Field;
import milepost.command.Text;
import milepost.event.CityAmendment;
import milepost.event.Country;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.Evidence;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Health;
import milepost.event.Id;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.Money;
import milepost.event.Organisation;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.Years;
import milepost.plan.Partnership;
import org.jspecify.annotations.Nullable;

/** The bounds of every value, whatever the plan's state; names every field beyond them at once. */
public final class Limits {
    public static final String SLUG = "[a-z0-9-]{1,64}";
    public static final int NAME = 200;
    public static final int REASON = 1_000;
    public static final int NARRATIVE = 5_000;
    public static final int URL = 2_000;
    public static final int ENTRIES = 50;
    public static final int WEIGHT = 1_000;

    private static final int DIGITS = 20;
    private static final int DECIMALS = 4;

    private static final Pattern SLUGS = Pattern.compile(SLUG);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final String FOCUS_AREAS = "must name one or more of the framework's focus areas, each once: "
            + String.join(", ", Framework.FOCUS_AREAS.stream().sorted().toList());

    private final List<Field> broken = new ArrayList<>();

    private Limits() {}

    static List<Field> broken(Event event, LocalDate today) {
        var limits = new Limits();
        limits.plan(event);
        switch (event) {
            case FactRetracted e -> limits.retraction(e);
            case Happening e -> limits.happening(e, today);
        }
        return List.copyOf(limits.broken);
    }

    /** An opening that names no plan has an empty one where no slug can be made of its city's name. */
    private void plan(Event event) {
        if (event instanceof PlanOpened e
                && e.plan().text().isEmpty()
                && e.profile().city() != null) {
            broken.add(new Field(
                    "plan",
                    "is required, since nothing of '" + e.profile().city()
                            + "' can be written with a-z and 0-9: give an id"
                            + " of your own, such as phnom-penh, and citySlug if the city's is another"));
        } else slug("plan", event.plan());
    }

    private void retraction(FactRetracted e) {
        check("version", e.version(), version -> version > 0, "must be the number of a fact, from 1");
        text("reason", e.reason(), REASON, true);
    }

    private void happening(Happening event, LocalDate today) {
        // A milestone that is logged as met has its day by that name.
        var on = event instanceof MilestoneLogged ? "metOn" : "on";
        check(
                on,
                event.on(),
                date -> !date.earliest().isBefore(Years.FIRST_DAY),
                "lies before " + Years.FIRST_DAY.getYear() + ", beyond the years that a plan speaks of");
        check(
                on,
                event.on().earliest(),
                day -> !day.isAfter(today),
                "lies in the future (" + today + " is the latest day that has begun)" + Years.era(event.on()));
        if (event instanceof MilestoneNotMet) {
            check(
                    "on",
                    event.on().latest(),
                    day -> !day.isAfter(today),
                    "is not over yet (" + today
                            + " is the latest day that has begun): nobody has missed a date that is not over");
        }
        switch (event) {
            case PlanOpened e -> opening(e);
            case PlanAmended e -> plan(e);
            case PlanStatusChanged e -> present("status", e.status());
            case PlanStatusReported e -> report(e.health(), e.details());
            case OfficerAppointed e -> officer(e);
            case ProjectAdded e -> project(e);
            case ProjectRenamed e -> text("title", e.details().title(), NAME, true);
            case ProjectStatusReported e -> report(e.health(), e.details());
            case ProjectPhaseChanged e -> present("phase", e.phase());
            case MilestoneScheduled e -> {
                milestone(e, e.weight());
                years("due", e.due());
            }
            case MilestoneLogged e -> milestone(e, e.weight());
            case MilestonePartiallyMet e -> share(e.share());
            case PartnershipRecorded e -> partnership(e);
            case MilestoneAmended e -> milestone(e);
            case PartnershipStatusChanged e -> present("status", e.status());
            case PartnershipAmended e -> partnership(e);
            case OfficerRelieved e -> {}
            case ProjectWithdrawn e -> {}
            case MilestoneRescheduled e -> years("due", e.due());
            case MilestoneMet e -> {}
            case MilestoneNotMet e -> {}
            case MilestoneWithdrawn e -> {}
        }
        // After what this kind of fact requires, so that nobody is advised to leave that out.
        details(event.details());
    }

    private void opening(PlanOpened e) {
        var city = e.profile();
        text("city", city.city(), NAME, true);
        citySlug(city.citySlug());
        text("country", city.country(), NAME, false);
        country("countryCode", city.countryCode());
        called(city.country(), city.countryCode());
        ranges(city.populationDensity(), city.gdpPerCapita(), city.latitude(), city.longitude());
        present("from", e.from());
        years("from", e.from());
        present("to", e.to());
        years("to", e.to());
        check(
                "to",
                e.to(),
                to -> e.from() == null || !Years.have(e.from()) || !to.surelyBefore(e.from()),
                "must not lie before from");
    }

    /** By a report a plan is no longer silent, so it says something. */
    private void report(@Nullable Health health, Details told) {
        check(
                "narrative",
                health != null || told.narrative() != null,
                said -> said,
                "is left out, and so is health: say how it stands by either");
    }

    private void plan(PlanAmended e) {
        var city = e.profile();
        var some = !city.equals(CityAmendment.NONE);
        amends(
                "a title, a city, its slug, countryCode or numbers, from or to",
                e.details().title(),
                some ? city : null,
                e.from(),
                e.to());
        if (city.city() != null) text("city", city.city(), NAME, true);
        citySlug(city.citySlug());
        if (city.countryCode() != null) country("countryCode", city.countryCode());
        ranges(city.populationDensity(), city.gdpPerCapita(), city.latitude(), city.longitude());
        years("from", e.from());
        years("to", e.to());
    }

    private void citySlug(@Nullable String slug) {
        if (slug != null) check("citySlug", slug, s -> SLUGS.matcher(s).matches(), "must be a slug, " + SLUG);
    }

    /** The code says which country it is; a name beside it may not say another one. */
    private void called(@Nullable String name, @Nullable String code) {
        if (name == null || code == null || !Country.isCode(code)) return;
        var country = new Country(code);
        check(
                "country",
                name,
                country::isCalled,
                "must be " + country.name() + " for the code " + code + ": leave it out, or correct one of the two");
    }

    private void ranges(
            @Nullable Double populationDensity,
            @Nullable Double gdpPerCapita,
            @Nullable Double latitude,
            @Nullable Double longitude) {
        range("populationDensity", populationDensity, 0, 1e6);
        range("gdpPerCapita", gdpPerCapita, 0, 1e9);
        range("latitude", latitude, -90, 90);
        range("longitude", longitude, -180, 180);
    }

    private void officer(OfficerAppointed e) {
        slug("officer", e.officer());
        present("role", e.role());
        text("name", e.name(), NAME, true);
        text("designation", e.designation(), NAME, false);
    }

    private void project(ProjectAdded e) {
        slug("project", e.project());
        text("title", e.details().title(), NAME, true);
        check("focusAreas", e.focusAreas(), Limits::areFocusAreas, FOCUS_AREAS);
    }

    private void milestone(MilestoneEvent e, int weight) {
        slug("milestone", e.milestone());
        text("title", e.details().title(), NAME, true);
        weight(weight);
    }

    private void milestone(MilestoneAmended e) {
        amends("a title, a project or a weight", e.details().title(), e.project(), e.weight());
        if (e.weight() != null) weight(e.weight());
    }

    private void amends(String what, @Nullable Object... values) {
        var some = Arrays.stream(values).anyMatch(Objects::nonNull);
        check("title", some, amended -> amended, "must be given, or something else: " + what + " is amended");
    }

    private void weight(int weight) {
        check("weight", weight, w -> w >= 1 && w <= WEIGHT, "must be a whole number from 1 to " + WEIGHT);
    }

    private void share(BigDecimal share) {
        check(
                "share",
                share,
                s -> s.signum() > 0 && s.compareTo(BigDecimal.ONE) < 0 && s.scale() <= DECIMALS,
                "must be the part of the weight that was earned, between 0 and 1 (both excluded), to 4 decimals");
    }

    private void partnership(PartnershipRecorded e) {
        slug("partnership", e.partnership());
        text("title", e.details().title(), NAME, true);
        present("status", e.status());
        if (e.details().organisations().isEmpty()) broken.add(Field.missing("organisations", "one or more partners"));
        terms(e.programme(), e.amount());
    }

    private void partnership(PartnershipAmended e) {
        var partners = Partnership.partners(e.details());
        amends(
                "a title, a programme, an amount or organisations",
                e.details().title(),
                e.programme(),
                e.amount(),
                partners);
        terms(e.programme(), e.amount());
    }

    private void terms(@Nullable String programme, @Nullable Money amount) {
        if (programme != null) {
            check("programme", programme, p -> SLUGS.matcher(p).matches(), "must be a slug, " + SLUG + ", or null");
        }
        if (amount != null) {
            check(
                    "amount.amount",
                    amount.amount(),
                    a -> a.signum() >= 0 && digits(a) <= DIGITS && a.scale() <= DECIMALS,
                    "must not be negative, and have at most 20 digits, 4 of them decimals");
            check("amount.currency", amount.currency(), Limits::isCurrency, "must be an ISO 4217 code, such as USD");
        }
    }

    private void details(Details d) {
        text("title", d.title(), NAME, false);
        text("narrative", d.narrative(), NARRATIVE, false);
        text("reason", d.reason(), REASON, false);
        check(
                "organisations",
                d.organisations(),
                o -> o.size() <= ENTRIES,
                "must have at most " + ENTRIES + " entries");
        check("evidence", d.evidence(), e -> e.size() <= ENTRIES, "must have at most " + ENTRIES + " entries");
        for (var i = 0; i < d.organisations().size(); i++) {
            organisation("organisations[" + i + "]", d.organisations().get(i));
        }
        for (var i = 0; i < d.evidence().size(); i++)
            evidence("evidence[" + i + "]", d.evidence().get(i));
    }

    private void organisation(String field, Organisation o) {
        text(field + ".name", o.name(), NAME, true);
        if (o.countryCode() != null) country(field + ".countryCode", o.countryCode());
    }

    private void evidence(String field, Evidence e) {
        fault(field + ".url", e.url(), Limits::linkFault);
        if (e.sha256() != null) {
            check(
                    field + ".sha256",
                    e.sha256(),
                    digest -> SHA256.matcher(digest).matches(),
                    "must be 64 lower-case hexadecimal digits");
        }
    }

    private void slug(String field, Id id) {
        check(field, id, i -> SLUGS.matcher(i.text()).matches(), "must be a slug, " + SLUG);
    }

    private void country(String field, String code) {
        check(field, code, Country::isCode, "must be an ISO 3166-1 alpha-2 code, such as TH");
    }

    private void range(String field, @Nullable Double value, double least, double most) {
        if (value == null) return;
        check(field, value, v -> v >= least && v <= most, "must lie between " + least + " and " + most);
    }

    /** A name is one line; what is told in sentences may have several. */
    private void text(String field, @Nullable String text, int most, boolean required) {
        if (text == null && !required) return;
        var seen = "must have something that can be seen" + (required ? "" : ", or be left out");
        check(field, text, t -> !Text.isBlank(t), seen);
        check(field, text, t -> t.codePointCount(0, t.length()) <= most, "must have at most " + most + " characters");
        fault(field, text, t -> Text.fault(t, most > NAME));
    }

    private void years(String field, @Nullable PartialDate date) {
        if (date == null) return;
        check(field, date, Years::have, Years.refusal(date).orElse(""));
    }

    private void present(String field, @Nullable Object value) {
        check(field, value, v -> true, "");
    }

    /** Names a field for what is wrong with its value. */
    private void fault(String field, @Nullable String value, Function<String, @Nullable String> faults) {
        var fault = value == null ? null : faults.apply(value);
        check(field, value, v -> fault == null, String.valueOf(fault));
    }

    /** Names a field once, for the first bound it breaks. */
    private <T> void check(String field, @Nullable T value, Predicate<T> bound, String message) {
        if (broken.stream().anyMatch(known -> known.field().equals(field))) return;
        if (value == null) broken.add(Field.missing(field));
        else if (!bound.test(value)) broken.add(new Field(field, message));
    }

    private static boolean areFocusAreas(List<String> areas) {
        return !areas.isEmpty()
                && Framework.FOCUS_AREAS.containsAll(areas)
                && Set.copyOf(areas).size() == areas.size();
    }

    private static long digits(BigDecimal amount) {
        return Math.max(amount.precision(), (long) amount.precision() - amount.scale());
    }

    private static @Nullable String linkFault(String link) {
        if (link.length() > URL) return "must have at most " + URL + " characters";
        var unseen = Text.fault(link, false);
        if (unseen != null) return unseen;
        if (!Text.trimmed(link).equals(link.trim())) return "must not begin or end with what cannot be seen";
        if (!link.startsWith(NetworkDocuments.SCHEME)) return Link.fault(link);
        var document = link.substring(NetworkDocuments.SCHEME.length());
        return NetworkDocuments.IDS.contains(document)
                ? null
                : "must be document:<id>, with an id that GET /api/documents lists"
                        + Guess.of(document, NetworkDocuments.IDS);
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(c -> c.getCurrencyCode().equals(code));
    }
}
