package milepost.query.plan;

import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import org.jspecify.annotations.Nullable;

/** An officer in office. */
public record OfficerRow(
        OfficerId officer,
        OfficerRole role,
        String name,
        @Nullable String designation,
        PartialDate appointedOn) {}
