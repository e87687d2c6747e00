package milepost.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonTest {
    /** What clients of the API rely on: add to it, but change and remove nothing. */
    private static final List<String> APPROVED = List.of(
            "out-of-bounds INVALID",
            "idempotency-key-reused INVALID",
            "plan-unknown UNKNOWN",
            "project-unknown UNKNOWN",
            "milestone-unknown UNKNOWN",
            "partnership-unknown UNKNOWN",
            "officer-unknown UNKNOWN",
            "plan-exists CONFLICT",
            "project-exists CONFLICT",
            "milestone-exists CONFLICT",
            "partnership-exists CONFLICT",
            "officer-appointed CONFLICT",
            "plan-closed CONFLICT",
            "plan-no-draft-again CONFLICT",
            "project-withdrawn CONFLICT",
            "project-has-open-milestones CONFLICT",
            "milestone-met CONFLICT",
            "milestone-withdrawn CONFLICT",
            "partnership-ended CONFLICT",
            "officer-relieved CONFLICT",
            "already-recorded CONFLICT",
            "fact-before-beginning CONFLICT",
            "opening-stays CONFLICT",
            "retraction-stays CONFLICT",
            "fact-built-upon CONFLICT",
            "plan-changed-meanwhile STALE");

    @Test
    void codes_are_public_and_keep_their_kind() {
        assertThat(Arrays.stream(Reason.values()).map(reason -> reason.code + " " + reason.kind))
                .containsExactlyInAnyOrderElementsOf(APPROVED);
    }

    @Test
    void a_refusal_is_expected_so_it_has_no_stack_trace() {
        var refusal = Reason.PLAN_EXISTS.rejected("There is one already.");
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal.reason()).isEqualTo(Reason.PLAN_EXISTS);
        assertThat(refusal.fields()).isEmpty();
        assertThat(refusal).hasMessage("There is one already.");
    }
}
