package milepost.api.read;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import milepost.api.Node;
import milepost.api.http.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The past of the indicators as HTTP gives it, on the 26 cities. */
class MetricHistoryIT {
    private static final String PATH = "/api/metrics/history";
    private static final Pattern TIME = Pattern.compile("\\d+$");

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.withDataset();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void it_is_open_metrics_of_all_plans_from_the_first_opening_to_this_month() {
        var answer = node.get(PATH, "Accept", "application/openmetrics-text");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
                .isEqualTo("application/openmetrics-text;version=1.0.0;charset=utf-8");
        assertThat(answer.body())
                .startsWith("# TYPE plan:progress_ratio gauge\n")
                .endsWith("\n# EOF\n");
        assertThat(answer.body().lines().filter(line -> line.startsWith("plan:overdue") || line.contains("job=")))
                .isEmpty();
        var thisMonth = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
        assertThat(days(answer.body())).startsWith(LocalDate.of(2018, 1, 1)).endsWith(thisMonth);
        assertThat(answer.body().lines().filter(line -> line.startsWith("plan:earned_value{")))
                .hasSize(26 * days(answer.body()).size());
    }

    @ParameterizedTest
    @CsvSource({
        "from=2020-02&to=2020-04, 2020-02-01, 2020-04-01, 3",
        "from=2020-02-02&to=2020-04-01, 2020-03-01, 2020-04-01, 2",
        "from=2020&to=2020, 2020-01-01, 2020-12-01, 12",
        "to=2018-03, 2018-01-01, 2018-03-01, 3",
        "from=1990-01&to=2018-01, 2018-01-01, 2018-01-01, 1"
    })
    void a_range_is_of_days_months_or_years(String range, LocalDate first, LocalDate last, int months) {
        var days = days(node.get(PATH + "?" + range).body());
        assertThat(days).startsWith(first).endsWith(last).hasSize(months);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=2020-02-02&to=2020-02-28", "to=2017"})
    void a_range_without_anything_is_empty(String range) {
        assertThat(node.get(PATH + "?" + range).body()).isEqualTo("# EOF\n");
    }

    @ParameterizedTest
    @CsvSource({
        "from=2021&to=2020, 422, out-of-bounds, from",
        "from=2999, 422, out-of-bounds, from",
        "to=2999-01, 422, out-of-bounds, to",
        "from=1000, 422, out-of-bounds, from",
        "from=yesterday, 400, malformed, from",
        "to=2020-13, 400, malformed, to",
        "every=day, 400, malformed, every"
    })
    void it_refuses_what_it_cannot_tell(String query, int status, String code, String field) {
        assertThat(Problem.of(node.get(PATH + "?" + query))).isEqualTo(problem(status, code, field));
    }

    private static List<LocalDate> days(String body) {
        return body.lines()
                .filter(line -> line.startsWith("plan:earned_value{"))
                .map(line -> TIME.matcher(line).results().findFirst().orElseThrow())
                .map(time -> LocalDate.ofEpochDay(Long.parseLong(time.group()) / 86_400))
                .distinct()
                .sorted()
                .toList();
    }
}
