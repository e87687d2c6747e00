package milepost.command.plan;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import milepost.command.Framework;
import milepost.command.Rejected.Field;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.Evidence;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Id;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.Money;
import milepost.event.Organisation;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectRenamed;
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

    private static final Pattern SLUGS = Pattern.compile(SLUG);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DOCUMENT = Pattern.compile("document:[A-Za-z0-9._-]{1,200}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final List<Field> broken = new ArrayList<>();

    private Limits() {}

    static List<Field> broken(Event event, LocalDate today) {
        var limits = new Limits();
        limits.slug("plan", event.plan());
        switch (event) {
            case FactRetracted e -> limits.retraction(e);
            case Happening e -> limits.happening(e, today);
        }
        return List.copyOf(limits.broken);
    }

    private void retraction(FactRetracted e) {
        check("version", e.version() > 0, "is the number of a fact, from 1");
        text("reason", e.reason(), REASON, true);
    }

    private void happening(Happening event, LocalDate today) {
        var day = event instanceof MilestoneNotMet
                ? event.on().latest()
                : event.on().earliest();
        check(
                "on",
                !day.isAfter(today),
                event instanceof MilestoneNotMet
                        ? "is not over yet (today is " + today + "): nobody has missed a date that is not over"
                        : "lies in the future (today is " + today + ")");
        details(event.details());
        switch (event) {
            case PlanOpened e -> opening(e);
            case OfficerAppointed e -> {
                slug("officer", e.officer());
                text("name", e.name(), NAME, true);
                text("designation", e.designation(), NAME, false);
            }
            case ProjectAdded e -> {
                slug("project", e.project());
                text("title", e.details().title(), NAME, true);
                focusAreas(e.focusAreas());
            }
            case ProjectRenamed e -> text("title", e.details().title(), NAME, true);
            case MilestoneScheduled e -> milestone(e, e.weight());
            case MilestoneLogged e -> milestone(e, e.weight());
            case MilestonePartiallyMet e -> share(e.share());
            case PartnershipRecorded e -> partnership(e);
            default -> {}
        }
    }

    private void opening(PlanOpened e) {
        profile(e.profile());
        check("to", !e.to().surelyBefore(e.from()), "lies before from");
    }

    private void profile(CityProfile p) {
        text("city", p.city(), NAME, true);
        text("country", p.country(), NAME, false);
        country("countryCode", p.countryCode());
        range("populationDensity", p.populationDensity(), 0, 1e6);
        range("gdpPerCapita", p.gdpPerCapita(), 0, 1e9);
        range("latitude", p.latitude(), -90, 90);
        range("longitude", p.longitude(), -180, 180);
    }

    private void milestone(MilestoneEvent e, int weight) {
        slug("milestone", e.milestone());
        text("title", e.details().title(), NAME, true);
        check("weight", weight >= 1 && weight <= WEIGHT, "is a whole number from 1 to " + WEIGHT);
    }

    private void share(BigDecimal share) {
        check(
                "share",
                share.signum() > 0 && share.compareTo(BigDecimal.ONE) < 0 && share.scale() <= 4,
                "is the part of the weight that was earned, between 0 and 1 (both excluded), to 4 decimals");
    }

    private void partnership(PartnershipRecorded e) {
        slug("partnership", e.partnership());
        text("title", e.details().title(), NAME, true);
        check("organisations", !e.details().organisations().isEmpty(), "names one or more partners");
        if (e.programme() != null) {
            check("programme", SLUGS.matcher(e.programme()).matches(), "is a slug, " + SLUG + ", or null for none");
        }
        if (e.amount() != null) money(e.amount());
    }

    private void money(Money m) {
        check(
                "amount.amount",
                m.amount().signum() >= 0
                        && m.amount().precision() <= 20
                        && m.amount().scale() <= 4,
                "is not negative and has at most 20 digits, 4 of them decimals");
        check("amount.currency", isCurrency(m.currency()), "is an ISO 4217 code, such as USD");
    }

    private void details(Details d) {
        text("title", d.title(), NAME, false);
        text("narrative", d.narrative(), NARRATIVE, false);
        text("reason", d.reason(), REASON, false);
        check("organisations", d.organisations().size() <= ENTRIES, "has at most " + ENTRIES + " entries");
        check("evidence", d.evidence().size() <= ENTRIES, "has at most " + ENTRIES + " entries");
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
        check(
                field + ".url",
                e.url().length() <= URL && isLink(e.url()),
                "is a link (http or https) or document:<id>, at most " + URL + " characters");
        if (e.sha256() != null) {
            check(field + ".sha256", SHA256.matcher(e.sha256()).matches(), "is 64 lower-case hexadecimal digits");
        }
    }

    private void focusAreas(List<String> areas) {
        check(
                "focusAreas",
                !areas.isEmpty() && Framework.FOCUS_AREAS.containsAll(areas),
                "names one or more of the framework's focus areas: "
                        + String.join(
                                ", ", Framework.FOCUS_AREAS.stream().sorted().toList()));
        check("focusAreas", Set.copyOf(areas).size() == areas.size(), "names each focus area once");
    }

    private void slug(String field, Id id) {
        check(field, SLUGS.matcher(id.text()).matches(), "is a slug, " + SLUG);
    }

    private void country(String field, String code) {
        check(field, COUNTRIES.contains(code), "is an ISO 3166-1 alpha-2 code, such as TH");
    }

    private void range(String field, @Nullable Double value, double least, double most) {
        if (value != null) check(field, value >= least && value <= most, "lies between " + least + " and " + most);
    }

    private void text(String field, @Nullable String text, int most, boolean required) {
        if (text == null) {
            check(field, !required, "is required");
            return;
        }
        check(field, !text.isBlank(), "is blank: leave it out or say something");
        check(field, text.codePointCount(0, text.length()) <= most, "has more than " + most + " characters");
        check(field, isPrintable(text), "has characters that are no text");
    }

    private void check(String field, boolean holds, String message) {
        var named = broken.stream().anyMatch(b -> b.field().equals(field));
        if (!holds && !named) broken.add(new Field(field, message));
    }

    /** No control characters but line breaks and tabs, and no half surrogates, which UTF-8 cannot carry. */
    private static boolean isPrintable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.chars().allMatch(c -> !Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t');
    }

    private static boolean isLink(String url) {
        if (DOCUMENT.matcher(url).matches()) return true;
        try {
            var uri = URI.create(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(c -> c.getCurrencyCode().equals(code));
    }
}
