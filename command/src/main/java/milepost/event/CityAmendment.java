package milepost.event;

import org.jspecify.annotations.Nullable;

/** What is told better of a {@link CityProfile}; what is absent stays as it was. A country is told by its code alone. */
public record CityAmendment(
        @Nullable String city,
        @Nullable String citySlug,
        @Nullable String countryCode,
        @Nullable Boolean capital,
        @Nullable Double populationDensity,
        @Nullable Double gdpPerCapita,
        @Nullable Double latitude,
        @Nullable Double longitude) {
    public static final CityAmendment NONE = new CityAmendment(null, null, null, null, null, null, null, null);

    public CityAmendment withSlug(String slug) {
        return new CityAmendment(
                city, slug, countryCode, capital, populationDensity, gdpPerCapita, latitude, longitude);
    }
}
