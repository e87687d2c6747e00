package milepost.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountryTest {
    static Set<String> codes() {
        return Set.of(Locale.getISOCountries());
    }

    @ParameterizedTest
    @MethodSource("codes")
    void every_country_is_found_by_its_code_and_by_its_name(String code) {
        var country = new Country(code);
        assertThat(country.name()).isNotBlank().isNotEqualTo(code);
        assertThat(Country.of(code)).contains(country);
        assertThat(Country.of(code.toLowerCase(Locale.ROOT))).contains(country);
        assertThat(Country.of(country.name())).contains(country);
        assertThat(Country.of(country.name().toUpperCase(Locale.ROOT))).contains(country);
    }

    @Test
    void no_two_have_one_name() {
        var names = new HashSet<String>();
        assertThat(codes())
                .allSatisfy(
                        code -> assertThat(names.add(new Country(code).name())).isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "Laos,LA,Lao PDR",
        "Việt Nam,VN,Viet Nam",
        "Vietnam,VN,Viet Nam",
        "brunei,BN,Brunei Darussalam",
        "Türkiye,TR,Türkiye"
    })
    void another_spelling_is_the_same_country(String spelt, String code, String name) {
        assertThat(Country.of(spelt)).contains(new Country(code));
        assertThat(new Country(code).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XX", "UK", "Thai", "ไทย", "Utopia"})
    void what_is_none_is_none(String asked) {
        assertThat(Country.of(asked)).isEmpty();
    }
}
