package milepost.query.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import milepost.event.Health;
import milepost.event.PartialDate;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import org.jspecify.annotations.Nullable;

/**
 * The plan itself as it stands.
 *
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
        List<OfficerRow> officers) {}
