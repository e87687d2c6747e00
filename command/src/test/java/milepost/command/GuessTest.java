package milepost.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuessTest {
    private static final List<String> KNOWN = List.of("status", "sort", "since", "RequestRefused", "001_b33f.txt");

    @ParameterizedTest
    @CsvSource({
        "statsu, status",
        "staus, status",
        "STATUS, status",
        "sorts, sort",
        "sinse, since",
        "port, sort",
        "sta, status",
        "requestrefusd, RequestRefused",
        "001, 001_b33f.txt"
    })
    void what_is_near_was_meant(String said, String meant) {
        assertThat(Guess.of(said, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "x", "colour", "refused", "status-of-the-plan", "\u0000"})
    void what_is_not_near_is_not_guessed(String said) {
        assertThat(Guess.of(said, KNOWN)).isEmpty();
        assertThat(Guess.of(said, List.of())).isEmpty();
    }
}
