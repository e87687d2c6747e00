package milepost.ops.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    @Test
    void without_a_line_all_are_run() {
        assertThat(Run.of().lines()).hasSize(11).contains("commands", "start");
        assertThat(Run.of("--short", "--seconds", "5").seconds()).isEqualTo(5);
    }

    @Test
    void what_comes_at_half_of_a_rate_measures_that_rate() {
        assertThat(Run.of("--json", "here.json", "visible"))
                .isEqualTo(new Run(Set.of("visible", "commands"), 3, 6, 1_000_000, Path.of("here.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"comands", "--help", "--rounds", "--rounds 0", "--seconds x", "--facts 123456789"})
    void a_wrong_word_is_answered_with_all_that_are_right(String words) {
        assertThatThrownBy(() -> Run.of(words.split(" ", -1))).hasMessageContainingAll("usage", "half-load", "--json");
    }
}
