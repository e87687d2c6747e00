package milepost.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be told about any fact.
 *
 * @param title what happened in a line; for what is added by the fact, its name
 * @param reason why, for changes of mind
 * @param organisations who was involved; for a partnership, the partners
 * @param evidence where it can be seen; may be missing, and is then shown as missing
 * @param basis how it is known; reported unless said otherwise
 */
public record Details(
        @Nullable String title,
        @Nullable String narrative,
        @Nullable String reason,
        List<Organisation> organisations,
        List<Evidence> evidence,
        Basis basis) {
    public static final Details NONE = new Details(null, null, null, List.of(), List.of(), Basis.REPORTED);

    /** Lists and basis absent in JSON are empty and reported. */
    public Details(
            @Nullable String title,
            @Nullable String narrative,
            @Nullable String reason,
            @Nullable List<Organisation> organisations,
            @Nullable List<Evidence> evidence,
            @Nullable Basis basis) {
        this.title = title;
        this.narrative = narrative;
        this.reason = reason;
        this.organisations = organisations == null ? List.of() : List.copyOf(organisations);
        this.evidence = evidence == null ? List.of() : List.copyOf(evidence);
        this.basis = basis == null ? Basis.REPORTED : basis;
    }

    public static Details titled(String title) {
        return new Details(title, null, null, null, null, null);
    }
}
