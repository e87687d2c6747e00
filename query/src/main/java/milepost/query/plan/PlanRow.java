package milepost.query.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import milepost.event.Health;
import milepost.event.PartialDate;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import org.jspecify.annotations.Nullable;

/**
 * The plan itself as it stands.
 *
 * @param citySlug by which officers act for the city
 * @param country the one name that its code has
 * @param version the number of its facts
 * @param at when its last fact was recorded
 * @param lastHappened the latest day any of its facts counts from
 */
public record PlanRow(
        PlanId plan,
        @Nullable String title,
        String city,
        String country,
        String countryCode,
        String citySlug,
        @Nullable Boolean capital,
        @Nullable Double populationDensity,
        @Nullable Double gdpPerCapita,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable String typology,
        PartialDate from,
        PartialDate to,
        PlanStatus status,
        @Nullable Health health,
        @Nullable StatusReport statusReport,
        long version,
        Instant at,
        LocalDate lastHappened,
        List<OfficerRow> officers) {
    /** What its opening and amendments say, as values to compare. */
    public List<@Nullable Object> charter() {
        return Arrays.asList(
                title,
                city,
                citySlug,
                countryCode,
                capital,
                populationDensity,
                gdpPerCapita,
                latitude,
                longitude,
                from,
                to);
    }
}
