package milepost.event;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The city as its plan's opening describes it.
 *
 * @param city its name as its people write it
 * @param citySlug by which officers act for it; absent in openings of before there was one
 * @param country its country's name as printed; what it is called is for {@link Country} to say
 * @param countryCode ISO 3166-1 alpha-2
 * @param capital whether it is its country's capital
 * @param populationDensity inhabitants per km²
 * @param gdpPerCapita its country's, in USD
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record CityProfile(
        String city,
        @Nullable String citySlug,
        @Nullable String country,
        String countryCode,
        @Nullable Boolean capital,
        @Nullable Double populationDensity,
        @Nullable Double gdpPerCapita,
        @Nullable Double latitude,
        @Nullable Double longitude) {
    /** By which officers act for it. */
    public String slug() {
        return citySlug == null ? firstSlug(city) : citySlug;
    }

    /** Openings without a slug keep the one that their city's name was given then, as its officers' accounts have it. */
    private static String firstSlug(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    public CityProfile withSlug(String slug) {
        return new CityProfile(
                city, slug, country, countryCode, capital, populationDensity, gdpPerCapita, latitude, longitude);
    }

    /** Told better: what the amendment leaves out stays as it is, also the slug of another name. */
    CityProfile amended(CityAmendment by) {
        var name = Objects.requireNonNullElse(by.city(), city);
        var code = Objects.requireNonNullElse(by.countryCode(), countryCode);
        return new CityProfile(
                name,
                by.citySlug() != null ? by.citySlug() : name.equals(city) ? citySlug : slug(),
                code.equals(countryCode) ? country : null,
                code,
                by.capital() == null ? capital : by.capital(),
                by.populationDensity() == null ? populationDensity : by.populationDensity(),
                by.gdpPerCapita() == null ? gdpPerCapita : by.gdpPerCapita(),
                by.latitude() == null ? latitude : by.latitude(),
                by.longitude() == null ? longitude : by.longitude());
    }
}
