package milepost.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {
    @ParameterizedTest
    @CsvSource({
        "Đà Nẵng, da nang",
        "Hà Nội, HA NOI",
        "Łódź, lodz",
        "Straße, STRASSE",
        "İzmir Iğdır, izmir igdir",
        "ﬁne, fine",
        "ภูเก็ต, ภูเก็ต",
        "'  two   words ', two words"
    })
    void words_are_alike_however_they_are_written(String one, String other) {
        assertThat(SearchText.words(one)).isNotEmpty().isEqualTo(SearchText.words(other));
    }

    @ParameterizedTest
    @CsvSource({"ภูเก็ต, ภเกต", "da, nang"})
    void other_words_are_others(String one, String other) {
        assertThat(SearchText.words(one)).isNotEqualTo(SearchText.words(other));
    }
}
