package milepost.ops.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import milepost.event.PlanId;
import milepost.event.Recorded;

/** Helps to name what was found wrong without it. */
interface Witness {
    /** For an export alone. */
    Witness NONE = new Witness() {
        @Override
        public Map<String, Long> versions() {
            return Map.of();
        }

        @Override
        public Optional<String> difference(PlanId plan, List<Recorded> facts) {
            return Optional.empty();
        }
    };

    /** The version of each plan's stream that it knows. */
    Map<String, Long> versions();

    /** Where it first tells a plan's story otherwise than the facts. */
    Optional<String> difference(PlanId plan, List<Recorded> facts);
}
