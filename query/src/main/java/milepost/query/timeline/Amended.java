package milepost.query.timeline;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.event.CityProfile;
import milepost.event.Country;
import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.Money;
import milepost.event.Organisation;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.plan.Milestone;
import milepost.plan.Partnership;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** An amendment in words: each value that it changes, from the one that held on its day. */
final class Amended {
    private Amended() {}

    static String of(PlanRecord before, PlanAmended e) {
        var known = Optional.ofNullable(before.charter().told(e.on()));
        var city = known.map(PlanOpened::profile);
        var told = e.profile();
        return of(List.of(
                change(
                        "title",
                        known.map(opening -> opening.details().title()),
                        e.details().title(),
                        Sentence::quoted),
                change("city", city.map(CityProfile::city), told.city(), name -> name),
                change("city slug", city.map(CityProfile::slug), told.citySlug(), slug -> slug),
                change("country", city.map(CityProfile::countryCode), told.countryCode(), c -> new Country(c).name()),
                change("capital", city.map(CityProfile::capital), told.capital(), is -> is ? "yes" : "no"),
                change("density", city.map(CityProfile::populationDensity), told.populationDensity(), Amended::number),
                change("GDP per capita", city.map(CityProfile::gdpPerCapita), told.gdpPerCapita(), Amended::number),
                change("latitude", city.map(CityProfile::latitude), told.latitude(), Amended::number),
                change("longitude", city.map(CityProfile::longitude), told.longitude(), Amended::number),
                change("beginning", known.map(PlanOpened::from), e.from(), PartialDate::text),
                change("end", known.map(PlanOpened::to), e.to(), PartialDate::text)));
    }

    static String of(PlanRecord before, MilestoneAmended e) {
        var known = before.milestone(e.milestone());
        return of(List.of(
                change("title", known, Milestone::titles, e, e.details().title(), Sentence::quoted),
                change("project", known, Milestone::projects, e, e.project(), id -> Sentence.project(before, id)),
                change("weight", known, Milestone::weights, e, e.weight(), String::valueOf)));
    }

    static String of(PlanRecord before, PartnershipAmended e) {
        var known = before.partnership(e.partnership());
        var named = Partnership.partners(e.details());
        return of(List.of(
                change("title", known, Partnership::titles, e, e.details().title(), Sentence::quoted),
                change("programme", known, Partnership::programmes, e, e.programme(), programme -> programme),
                change("amount", known, Partnership::amounts, e, e.amount(), Amended::amount),
                change("partners", known, Partnership::partners, e, named, Amended::names)));
    }

    private static String of(List<Stream<String>> changes) {
        return " amended: " + changes.stream().flatMap(change -> change).collect(joining(", "));
    }

    private static <S, T> Stream<String> change(
            String what,
            @Nullable S known,
            Function<S, @Nullable Dated<? extends @Nullable T>> told,
            Happening e,
            @Nullable T value,
            Function<T, String> words) {
        var then = known == null ? null : Dated.until(told.apply(known), e.on());
        return change(what, Optional.ofNullable(then == null ? null : then.value()), value, words);
    }

    private static <T> Stream<String> change(
            String what, Optional<? extends T> from, @Nullable T value, Function<T, String> words) {
        if (value == null || value.equals(from.orElse(null))) return Stream.of();
        return Stream.of(what + " " + from.map(was -> words.apply(was) + " → ").orElse("") + words.apply(value));
    }

    private static String number(Double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String amount(Money money) {
        return money.amount().toPlainString() + " " + money.currency();
    }

    private static String names(List<Organisation> organisations) {
        return organisations.stream().map(Organisation::name).collect(joining(" and "));
    }
}
