package milepost.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import milepost.event.CityProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypologyTest {
    @ParameterizedTest(name = "USD {0} and {1}/km² is {2}")
    @CsvSource(textBlock = """
            18535,    4179,    emerging-sparse
            18535.01, 4179,    developed-sparse
            18535,    4179.01, emerging-dense
            18535.01, 4179.01, developed-dense
            52962.5,  7796,    developed-dense
            0,        0,       emerging-sparse
            """)
    void both_thresholds_have_to_be_exceeded(double gdpPerCapita, double density, String code) {
        assertThat(Objects.requireNonNull(Typology.of(city(density, gdpPerCapita)))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void there_is_none_without_both_numbers() {
        assertThat(Typology.of(city(null, 20_000.0))).isNull();
        assertThat(Typology.of(city(5_000.0, null))).isNull();
    }

    private static CityProfile city(@Nullable Double density, @Nullable Double gdpPerCapita) {
        return new CityProfile("Lakeside", null, "Thailand", "TH", false, density, gdpPerCapita, null, null);
    }
}
