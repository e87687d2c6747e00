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
    @CsvSource(delimiter = '|', textBlock = """
            Q4 2025              | a quarter cannot be given yet; give a month (2025-12) or the year (2025)
            2025-q2              | a quarter cannot be given yet; give a month (2025-06) or the year (2025)
            2025Q1               | a quarter cannot be given yet; give a month (2025-03) or the year (2025)
            2030-2031            | a span cannot be given yet; give one year (2030 or 2031)
            2030–2031            | a span cannot be given yet; give one year (2030 or 2031)
            2030 to 2031         | a span cannot be given yet; give one year (2030 or 2031)
            30 June 2025         | write 2025-06-30
            30th jun. 2025       | write 2025-06-30
            June 3, 2025         | write 2025-06-03
            JUNE 2025            | write 2025-06
            Sep 2025             | write 2025-09
            06/2025              | write 2025-06
            6.2025               | write 2025-06
            2025/6               | write 2025-06
            2025-6-3             | write 2025-06-03
            2025/06/30           | write 2025-06-30
            30/06/2025           | write 2025-06-30
            06/30/2025           | write 2025-06-30
            05/05/2025           | write 2025-05-05
            03/04/2025           | write 2025, the month and the day, as in 2018-07-08
            2025-06-30T10:00:00Z | write 2025-06-30
            2025-06-30 10:00     | write 2025-06-30
            31 June 2025         | give a day (2018-07-08), a month (2018-07) or a year (2018)
            13/2025              | give a day (2018-07-08), a month (2018-07) or a year (2018)
            Q5 2025              | give a day (2018-07-08), a month (2018-07) or a year (2018)
            soon 2025            | give a day (2018-07-08), a month (2018-07) or a year (2018)
            """)
    void a_date_written_otherwise_is_refused_with_the_form_to_take(String text, String advice) {
        assertThatThrownBy(() -> on(text)).hasMessage("'" + text + "' is no date: " + advice);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1989-12-31 | lies beyond the years 1990 to 2100
            2101       | lies beyond the years 1990 to 2100
            9999       | lies beyond the years 1990 to 2100
            2532       | lies beyond the years 1990 to 2100
            2533       | lies beyond the years 1990 to 2100: is 1990 meant (2533 - 543)?
            2568-11-30 | lies beyond the years 1990 to 2100: is 2025-11-30 meant (2568 - 543)?
            2643       | lies beyond the years 1990 to 2100: is 2100 meant (2643 - 543)?
            2644       | lies beyond the years 1990 to 2100
            1990       | ''
            2100-12-31 | ''
            """)
    void a_date_beyond_what_a_plan_speaks_of_may_be_of_another_era(String date, String refusal) {
        assertThat(Years.refusal(on(date)).orElse("")).isEqualTo(refusal);
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
