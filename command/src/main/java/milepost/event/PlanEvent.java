package milepost.event;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can have happened to the plan itself. */
public sealed interface PlanEvent extends Happening {
    /** What can have happened to one of its officers, each a part of the plan. */
    sealed interface OfficerEvent extends PlanEvent {
        OfficerId officer();
    }

    /** The plan runs from {@code from} to {@code to}. */
    record PlanOpened(
            PlanId plan,
            PartialDate on,
            @JsonUnwrapped CityProfile profile,
            PartialDate from,
            PartialDate to,
            @JsonUnwrapped Details details)
            implements PlanEvent {}

    /** Its title, its city and its period, told better; what is absent stays as it was. */
    record PlanAmended(
            PlanId plan,
            PartialDate on,
            @JsonUnwrapped CityAmendment profile,
            @Nullable PartialDate from,
            @Nullable PartialDate to,
            @JsonUnwrapped Details details)
            implements PlanEvent, Amendment {
        @Override
        public PlanAmended from(PartialDate day) {
            return new PlanAmended(plan, day, profile, from, to, details);
        }

        /** The opening as it would have been, had it said so. */
        public PlanOpened amended(PlanOpened opening) {
            var told = opening.details();
            return new PlanOpened(
                    opening.plan(),
                    opening.on(),
                    opening.profile().amended(profile),
                    Objects.requireNonNullElse(from, opening.from()),
                    Objects.requireNonNullElse(to, opening.to()),
                    new Details(
                            details.title() == null ? told.title() : details.title(),
                            told.narrative(),
                            told.reason(),
                            told.organisations(),
                            told.evidence(),
                            told.basis()));
        }
    }

    record PlanStatusChanged(
            PlanId plan,
            PartialDate on,
            PlanStatus status,
            @JsonUnwrapped Details details) implements PlanEvent {}

    /** No {@code health}: only told. */
    record PlanStatusReported(
            PlanId plan,
            PartialDate on,
            @Nullable Health health,
            @JsonUnwrapped Details details) implements PlanEvent {}

    record OfficerAppointed(
            PlanId plan,
            PartialDate on,
            OfficerId officer,
            OfficerRole role,
            String name,
            @Nullable String designation,
            @JsonUnwrapped Details details)
            implements OfficerEvent {}

    record OfficerRelieved(
            PlanId plan,
            PartialDate on,
            OfficerId officer,
            @JsonUnwrapped Details details) implements OfficerEvent {}
}
