package milepost.event;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
