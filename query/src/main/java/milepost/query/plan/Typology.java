package milepost.query.plan;

import milepost.event.CityProfile;
import org.jspecify.annotations.Nullable;

/**
 * The typology of the ASEAN-Korea Centre's paper of July 2018: a city is developed if its country's GDP per capita
 * exceeds USD 18,535, and dense if its population density exceeds 4,179 per km².
 */
public record Typology(boolean developed, boolean dense) {
    private static final double DEVELOPED_USD = 18_535;
    private static final double DENSE_PER_KM2 = 4_179;

    static @Nullable Typology of(CityProfile city) {
        var gdp = city.gdpPerCapita();
        var density = city.populationDensity();
        return gdp == null || density == null ? null : new Typology(gdp > DEVELOPED_USD, density > DENSE_PER_KM2);
    }

    /** Its name: {@code developed-dense}, {@code emerging-sparse} and the like. */
    public String code() {
        return (developed ? "developed" : "emerging") + "-" + (dense ? "dense" : "sparse");
    }
}
