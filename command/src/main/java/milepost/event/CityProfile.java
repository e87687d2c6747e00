package milepost.event;

import org.jspecify.annotations.Nullable;

/**
 * The city as its plan's opening describes it.
 *
 * @param city its name as printed
 * @param country its country's name as printed
 * @param countryCode ISO 3166-1 alpha-2
 * @param capital whether it is its country's capital
 * @param populationDensity inhabitants per km²
 * @param gdpPerCapita its country's, in USD
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record CityProfile(
        String city,
        @Nullable String country,
        String countryCode,
        @Nullable Boolean capital,
        @Nullable Double populationDensity,
        @Nullable Double gdpPerCapita,
        @Nullable Double latitude,
        @Nullable Double longitude) {}
