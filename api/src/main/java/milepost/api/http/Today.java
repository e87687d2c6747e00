package milepost.api.http;

import java.time.Clock;
import java.time.LocalDate;
import milepost.event.PartialDate;
import milepost.log.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The day it is, at UTC+14: the one clock of the edge. */
@Component
public class Today {
    private final Clock clock;

    Today(Clock clock) {
        this.clock = clock;
    }

    public LocalDate day() {
        return Moment.day(clock.instant());
    }

    /** The day given, or today. */
    public PartialDate or(@Nullable PartialDate on) {
        return on == null ? PartialDate.of(day()) : on;
    }
}
