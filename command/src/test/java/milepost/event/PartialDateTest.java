package milepost.event;

import static milepost.event.Story.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartialDateTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            2018-07-08, 2018-07-08, 2018-07-08
            2018-07,    2018-07-01, 2018-07-31
            2018,       2018-01-01, 2018-12-31
            2020-02,    2020-02-01, 2020-02-29
            2019-02,    2019-02-01, 2019-02-28
            1900-02,    1900-02-01, 1900-02-28
            2000-02-29, 2000-02-29, 2000-02-29
            1000,       1000-01-01, 1000-12-31
            9999-12,    9999-12-01, 9999-12-31
            """)
    void a_date_means_the_days_from_its_first_to_its_last(String text, LocalDate first, LocalDate last) {
        assertThat(on(text).earliest()).isEqualTo(first);
        assertThat(on(text).latest()).isEqualTo(last);
        assertThat(on(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2018-13",
                "2018-00",
                "2018-1",
                "2018-07-32",
                "2018-7-8",
                "2019-02-29",
                "1900-02-29",
                "2018-04-31",
                "0999",
                "0000",
                "-2018",
                "+2018",
                "10000",
                "18",
                "",
                " 2018",
                "2018 ",
                "2018\n",
                "2018-",
                "2018-07-",
                "2018/07/08",
                "08.07.2018",
                "2018-07-08T00:00",
                "２０１８",
                "٢٠١٨",
                "next year"
            })
    void what_is_no_date_is_refused_by_naming_it(String text) {
        assertThatThrownBy(() -> on(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no date");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2018,       2019,       true
            2018,       2019-01-01, true
            2018-12-31, 2019,       true
            2018-02-28, 2018-03,    true
            2020-02-28, 2020-02-29, true
            2018,       2018,       false
            2018,       2018-12-31, false
            2018-01-01, 2018,       false
            2018-06,    2018,       false
            2018-06,    2018-06-30, false
            2019,       2018,       false
            """)
    void one_date_is_surely_before_another_only_if_they_share_no_day(String one, String other, boolean before) {
        assertThat(on(one).surelyBefore(on(other))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2025,       2025-12-31,    0
            2019,       2020,        366
            2020,       2021,        365
            2020-02,    2020-03,      31
            2020-02-28, 2020-03-01,    2
            2022,       2021-06,    -549
            """)
    void days_between_two_dates_are_counted_between_their_last_days(String from, String until, long days) {
        assertThat(on(from).daysUntil(on(until))).isEqualTo(days);
    }

    @Test
    void a_calendar_day_is_a_date_to_the_day() {
        assertThat(PartialDate.of(LocalDate.of(2018, 7, 8))).isEqualTo(on("2018-07-08"));
    }
}
