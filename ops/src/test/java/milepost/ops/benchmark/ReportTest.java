package milepost.ops.benchmark;

import static milepost.ops.benchmark.Figure.COMMANDS;
import static milepost.ops.benchmark.Figure.COMMANDS_REFUSED;
import static milepost.ops.benchmark.Figure.HALF_P99;
import static milepost.ops.benchmark.Figure.PGBENCH;
import static milepost.ops.benchmark.Figure.SCHEDULE_10;
import static milepost.ops.benchmark.Figure.SCHEDULE_10000;
import static milepost.ops.benchmark.Figure.SCHEDULE_GROWTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private final Report report = new Report();

    /** The second round's machine was slow: its rate says less than its share. */
    @Test
    void a_share_is_that_of_pgbench_in_the_same_round() {
        add(PGBENCH, 20_000, 10_000, 20_000);
        add(COMMANDS, 2_000, 1_200, 2_600);

        assertThat(report.table()).contains("| 2,000 /s | 1,200 | 2,600 | 0.120 | 0.120 | 0.250 | floor |");
    }

    @Test
    void what_is_bounded_from_above_reaches_its_goal_its_floor_or_neither() {
        add(HALF_P99, 12);
        add(COMMANDS_REFUSED, 1);
        add(SCHEDULE_10, 10);
        add(SCHEDULE_10000, 12);
        report.times(SCHEDULE_GROWTH, SCHEDULE_10000, SCHEDULE_10);

        assertThat(report.table())
                .contains("| 12 ms | 12 | 12 |  | 25 | 12 | goal |")
                .contains("| 1  | 1 | 1 |  | 0 | 0 | NO |")
                .contains("| 1.20 x | 1.20 | 1.20 |  | 1.50 | 1.10 | floor |");
    }

    @Test
    void the_file_has_each_round_and_what_went_wrong(@TempDir Path directory) throws IOException {
        add(COMMANDS, 2_000, 1_200);
        report.note("One was refused");
        var file = directory.resolve("benchmark.json");

        report.write(file, Map.of("rounds", 2));

        assertThat(Files.readString(file))
                .contains("\"rounds\" : [ 2000.0, 1200.0 ]", "\"notes\" : [ \"One was refused\" ]")
                .doesNotContain("ofPgbench");
    }

    private void add(Figure figure, double... rounds) {
        for (var value : rounds) report.add(figure, value);
    }
}
