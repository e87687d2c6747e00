package milepost.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final LocalDate DAY = LocalDate.of(2021, 6, 30);
    private static final Instant INSTANT = Instant.parse("2024-03-01T12:00:00Z");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            2026-11-20T09:59:59.999999Z, 2026-11-20
            2026-11-20T10:00:00Z,        2026-11-21
            2026-12-31T10:00:00Z,        2027-01-01
            2024-02-28T10:00:00Z,        2024-02-29
            """)
    void a_day_begins_where_it_begins_first_on_earth(Instant instant, LocalDate day) {
        assertThat(Moment.begun(instant)).isEqualTo(day);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            2026-11-21T11:59:59.999999Z, 2026-11-20
            2026-11-21T12:00:00Z,        2026-11-21
            2027-01-01T11:59:59Z,        2026-12-31
            2024-03-01T11:59:59Z,        2024-02-29
            """)
    void and_is_over_where_it_ends_last(Instant instant, LocalDate day) {
        assertThat(Moment.day(instant)).isEqualTo(day);
    }

    @Test
    void numbers_are_taken_today_unless_asked_otherwise() {
        assertThat(Moment.NOW.day(TODAY)).isEqualTo(TODAY);
    }

    @Test
    void numbers_as_of_an_instant_are_taken_on_its_day() {
        assertThat(new Moment(INSTANT, null, null).day(TODAY)).isEqualTo(LocalDate.of(2024, 3, 1));
    }

    @Test
    void numbers_on_a_day_are_taken_on_it_whatever_was_known_then() {
        assertThat(new Moment(null, null, DAY).day(TODAY)).isEqualTo(DAY);
        assertThat(new Moment(INSTANT, null, DAY).day(TODAY)).isEqualTo(DAY);
        assertThat(new Moment(null, 7L, DAY).day(TODAY)).isEqualTo(DAY);
    }

    @Test
    void numbers_at_a_version_are_taken_today() {
        assertThat(new Moment(null, 7L, null).day(TODAY)).isEqualTo(TODAY);
    }

    @Test
    void now_is_what_asks_for_nothing_else() {
        assertThat(new Moment(null, null, null).isNow()).isTrue();
        assertThat(new Moment(INSTANT, null, null).isNow()).isFalse();
        assertThat(new Moment(null, 7L, null).isNow()).isFalse();
        assertThat(new Moment(null, null, TODAY).isNow()).isFalse();
    }
}
