package milepost.api.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.api.start.dataset.Documents;
import milepost.command.Guess;
import milepost.event.Country;
import milepost.event.Slug;
import milepost.query.plan.store.Plans;
import milepost.query.plan.store.Plans.City;
import org.springframework.stereotype.Component;

/** The cities that are known: the network's own, and those that have a plan. */
@Component
public class Cities {
    private final List<City> pilots;
    private final Plans plans;

    Cities(Documents documents, Plans plans) {
        this.pilots = documents.cities().stream()
                .map(city -> new City(city.city(), city.name(), city.countryCode()))
                .toList();
        this.plans = plans;
    }

    /**
     * The slug by which officers act for a city: that of a known one of its country if it is called so or its name is only
     * spaced or accented otherwise, else one made of its name; empty if nothing of that can be written so.
     */
    public String slug(String name, String countryCode) {
        var made = Slug.of(name);
        var ofCountry =
                known().filter(city -> city.countryCode().equals(countryCode)).toList();
        return Stream.<Predicate<City>>of(
                        city -> city.slug().equals(made),
                        city -> city.name().equalsIgnoreCase(name),
                        city -> letters(city.slug()).equals(letters(made)))
                .flatMap(isIt -> ofCountry.stream().filter(isIt))
                .map(City::slug)
                .findFirst()
                .orElse(made);
    }

    /** Those of these slugs that nobody knows. */
    public List<String> unknown(List<String> slugs) {
        var known = known().map(City::slug).collect(Collectors.toSet());
        return slugs.stream().filter(slug -> !known.contains(slug)).toList();
    }

    /** The known slug that is meant, if one is near. */
    public Optional<String> closest(String slug) {
        return Guess.meant(slug, known().map(City::slug).distinct().toList());
    }

    /** The codes of the countries of ASEAN and of all that have a plan. */
    public Set<String> countries() {
        return Stream.concat(Country.ASEAN.stream(), known().map(City::countryCode))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<City> known() {
        return Stream.concat(pilots.stream(), plans.cities().stream())
                .filter(city -> !city.slug().isEmpty());
    }

    private static String letters(String slug) {
        return slug.replace("-", "");
    }
}
