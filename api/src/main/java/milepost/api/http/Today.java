package milepost.api.http;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import milepost.command.Target;
import milepost.event.PartialDate;
import milepost.event.PlanId;
import milepost.log.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The day it is, in each of its meanings: the one clock of the edge. */
@Component
public class Today {
    /** Where the network's Secretariat is. */
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

    private final Clock clock;
    private final ZoneId network;

    Today(Clock clock, @Value("${milepost.zone}") String zone) {
        this.clock = clock;
        this.network = zone.isBlank() ? JAKARTA : ZoneId.of(zone.strip());
    }

    /** The day that numbers are taken on now. */
    public LocalDate day() {
        return Moment.day(clock.instant());
    }

    /** The day given, or today where the network is. */
    public PartialDate or(@Nullable PartialDate on) {
        return on == null ? PartialDate.of(LocalDate.ofInstant(clock.instant(), network)) : on;
    }

    /** For a request that is asked now. */
    public Target target(PlanId plan, @Nullable Long version) {
        var now = clock.instant();
        return new Target(plan, version, LocalDate.ofInstant(now, network), Moment.begun(now));
    }

    /** The last instant of a day where the network is, as fine as the log's clock. */
    Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(network).toInstant().minus(1, ChronoUnit.MICROS);
    }
}
