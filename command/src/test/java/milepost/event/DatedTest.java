package milepost.event;

import static java.util.stream.Collectors.joining;
import static milepost.event.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatedTest {
    @ParameterizedTest(name = "{2}: {0} gives {1}")
    @CsvSource(textBlock = """
            2020=a,                         2020=a,                         one statement holds
            2020=a 2021=b,                  2021=b 2020=a,                  the later day holds
            2021=b 2020=a,                  2021=b 2020=a,                  a slip recorded late falls into its place
            2019=a 2021=c 2024=d 2020=b,    2024=d 2021=c 2020=b 2019=a,    also years late and far below
            2021-06=a 2021=b,               2021=b 2021-06=a,               where days overlap the later record wins
            2021=a 2021-06=b,               2021-06=b 2021=a,               however precise it is
            2021=a 2021=b 2021=a,           2021=a 2021=b 2021=a,           back and forth is three statements
            2020=a 2021=a,                  2021=a 2020=a,                  what is said again is kept
            2020=a 2022=a 2021=b,           2022=a 2021=b 2020=a,           so that a slip between recorded late does not hold
            2021=a 2020=a,                  2021=a 2020=a,                  what holds since longer is news
            2020-02-29=a 2020-02-28=b,      2020-02-29=a 2020-02-28=b,      leap days are days
            """)
    void the_latest_statement_holds(String recorded, String holds, String because) {
        assertThat(chain(dated(recorded))).as(because).isEqualTo(holds);
    }

    @Test
    void a_statement_leaves_what_was_said_before_untouched() {
        var before = dated("2019=a 2021=c");
        Dated.add(before, on("2020"), "b");
        assertThat(chain(before)).isEqualTo("2021=c 2019=a");
    }

    @Test
    void the_first_of_very_many_falls_below_them_all() {
        Dated<String> dated = null;
        var day = LocalDate.parse("2000-01-01");
        for (var n = 1; n <= 50_000; n++) dated = Dated.add(dated, PartialDate.of(day.plusDays(n)), "later");
        dated = Dated.add(dated, PartialDate.of(day), "first");
        assertThat(Dated.by(dated, day)).isEqualTo(new Dated<>(PartialDate.of(day), "first", null));
    }

    @Test
    void no_value_is_a_value_too() {
        Dated<@Nullable String> dated = Dated.<@Nullable String>add(null, on("2020"), null);
        assertThat(Dated.<@Nullable String>valueOf(dated, "otherwise")).isNull();
        assertThat(Dated.<@Nullable String>holds(dated, null)).isTrue();
        assertThat(Dated.<@Nullable String>holds(null, null)).isFalse();
    }

    @Test
    void while_nothing_was_said_the_other_value_holds() {
        assertThat(Dated.valueOf(null, "otherwise")).isEqualTo("otherwise");
        assertThat(Dated.valueOf(dated("2020=a"), "otherwise")).isEqualTo("a");
    }

    private static @Nullable Dated<String> dated(String recorded) {
        Dated<String> dated = null;
        for (var statement : recorded.split(" ", -1)) {
            var parts = statement.split("=", 2);
            dated = Dated.add(dated, on(parts[0]), parts[1]);
        }
        return dated;
    }

    private static String chain(@Nullable Dated<String> dated) {
        return Stream.iterate(dated, d -> d != null, d -> d == null ? null : d.before())
                .map(d -> d.on() + "=" + d.value())
                .collect(joining(" "));
    }
}
