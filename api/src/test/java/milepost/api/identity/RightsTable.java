package milepost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A table of RIGHTS.md, as its readers see it: each row by what stands first in it. */
record RightsTable(List<String> columns, Map<String, List<String>> rows) {
    static final String YES = "yes";
    static final String OWN = "own";
    static final String NO = "–";

    static RightsTable ofEndpoints() throws IOException {
        return of("endpoint");
    }

    static RightsTable ofCommands() throws IOException {
        return of("command");
    }

    Set<String> names() {
        return rows.keySet();
    }

    /** The cell of each row. */
    Map<String, String> column(String role) {
        var at = columns.indexOf(role);
        var cells = new LinkedHashMap<String, String>();
        rows.forEach((row, all) -> cells.put(row, all.get(at)));
        return cells;
    }

    private static RightsTable of(String kind) throws IOException {
        var lines = Files.readAllLines(Path.of("RIGHTS.md")).stream()
                .dropWhile(line -> !line.startsWith("| " + kind + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList())
                .toList();
        var columns = lines.getFirst().subList(1, lines.getFirst().size() - 1);
        var rows = new LinkedHashMap<String, List<String>>();
        for (var line : lines.subList(2, lines.size())) {
            var cells = line.subList(1, line.size() - 1);
            assertThat(cells).as(line.getFirst()).hasSameSizeAs(columns).isSubsetOf(YES, OWN, NO);
            assertThat(rows.put(line.getFirst(), cells)).as(line.getFirst()).isNull();
        }
        return new RightsTable(columns, rows);
    }
}
