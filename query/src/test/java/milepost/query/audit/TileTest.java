package milepost.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
    @ParameterizedTest
    @CsvSource({
        "0, 000, 0, 256",
        "1, 067, 67, 256",
        "63, x001/x234/067, 1234067, 256",
        "0, x001/x234/067.p/8, 1234067, 8",
        "0, 000.p/255, 0, 255",
    })
    void reads_and_writes_a_path(String level, String path, long index, int width) {
        assertThat(Tile.parse(level, path)).hasValue(new Tile(Integer.parseInt(level), index, width));
        assertThat(Tile.parse(level, path).orElseThrow().path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "00",
                "0000",
                "x000/000",
                "001/000",
                "x001/",
                "x001",
                "000.p/0",
                "000.p/256",
                "000.p/01",
                "000.p/",
                "000.p",
                "-01",
                "../000",
                "x1/000",
                "",
                "x999/x999/x999/x999/x999/999"
            })
    void refuses_what_is_no_path(String path) {
        assertThat(Tile.parse("0", path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "00", "-1", "x", "", "100"})
    void refuses_what_is_no_level(String level) {
        assertThat(Tile.parse(level, "000")).isEmpty();
    }

    /** The example of the specification. */
    @ParameterizedTest
    @CsvSource({
        "0, 272, 256",
        "0, 273, 112",
        "0, 274, 0",
        "1, 0, 256",
        "1, 1, 17",
        "1, 2, 0",
        "2, 0, 1",
        "3, 0, 0",
        "9, 0, 0"
    })
    void a_log_of_70_000_has_as_many_hashes_in_each_tile(int level, long index, int hashes) {
        assertThat(new Tile(level, index, 1).available(70_000)).isEqualTo(hashes);
    }
}
