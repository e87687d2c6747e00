package milepost.ops.benchmark;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** The figures of each round, their medians, and whether they reach what they should. */
final class Report {
    private final Map<Figure, List<Double>> rounds = new EnumMap<>(Figure.class);
    private final List<String> notes = new ArrayList<>();

    void add(Figure figure, double value) {
        rounds.computeIfAbsent(figure, f -> new ArrayList<>()).add(value);
        System.out.printf(Locale.ROOT, "  %-58s %12s %s%n", figure.text, number(value), figure.unit);
    }

    /** Of one round: how many times the second figure's latest value the first one's is. */
    void times(Figure figure, Figure of, Figure to) {
        if (rounds.containsKey(of) && rounds.containsKey(to)) {
            add(figure, rounds.get(of).getLast() / rounds.get(to).getLast());
        }
    }

    /** What went wrong, or was left out. */
    void note(String text) {
        notes.add(text);
        System.out.println("  NOTE: " + text);
    }

    double latest(Figure figure) {
        return rounds.getOrDefault(figure, List.of()).getLast();
    }

    private OptionalDouble median(Figure figure) {
        return rounds.containsKey(figure)
                ? OptionalDouble.of(Samples.median(rounds.get(figure)))
                : OptionalDouble.empty();
    }

    /** The median of the shares of pgbench in the same rounds. */
    private OptionalDouble share(Figure figure) {
        var mine = rounds.getOrDefault(figure, List.of());
        var pgbench = rounds.getOrDefault(Figure.PGBENCH, List.of());
        if (mine.isEmpty() || mine.size() != pgbench.size()) return OptionalDouble.empty();
        return OptionalDouble.of(Samples.median(IntStream.range(0, mine.size())
                .mapToObj(nth -> mine.get(nth) / pgbench.get(nth))
                .toList()));
    }

    /** In Markdown. */
    String table() {
        var lines = new ArrayList<String>();
        lines.add("| | median | lowest | highest | of pgbench | floor | goal | reached |");
        lines.add("|---|---|---|---|---|---|---|---|");
        rounds.forEach((figure, values) -> {
            var bound = figure.bound;
            var limit = bound != null && bound.isLimit() ? bound : null;
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s %s | %s | %s | %s | %s | %s | %s |",
                    figure.text,
                    number(Samples.median(values)),
                    figure.unit,
                    number(Collections.min(values)),
                    number(Collections.max(values)),
                    bound != null && bound.ofPgbench()
                            ? share(figure).stream().mapToObj(Report::number).collect(joining())
                            : "",
                    limit == null ? "" : number(limit.floor()),
                    limit == null ? "" : number(limit.goal()),
                    verdict(figure)));
        });
        notes.forEach(note -> lines.add("\nNOTE: " + note));
        return String.join("\n", lines);
    }

    void write(Path file, Map<String, Object> run) throws IOException {
        var lines = new ArrayList<Map<String, Object>>();
        rounds.forEach((figure, values) -> {
            var line = new LinkedHashMap<String, Object>();
            line.put("figure", figure.name().toLowerCase(Locale.ROOT));
            line.put("text", figure.text);
            line.put("unit", figure.unit);
            line.put("median", Samples.median(values));
            line.put("rounds", values);
            var bound = figure.bound;
            if (bound != null) {
                if (bound.ofPgbench()) share(figure).ifPresent(share -> line.put("ofPgbench", share));
                if (bound.isLimit()) {
                    line.put("floor", bound.floor());
                    line.put("goal", bound.goal());
                    line.put("reached", verdict(figure));
                }
            }
            lines.add(line);
        });
        var all = new LinkedHashMap<>(run);
        all.put("figures", lines);
        all.put("notes", notes);
        Files.writeString(
                file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    private String verdict(Figure figure) {
        var bound = figure.bound;
        if (bound == null) return "";
        var value = bound.ofPgbench() ? share(figure) : median(figure);
        return value.isPresent() ? bound.verdict(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        var size = Math.abs(value);
        var digits = value == Math.rint(value) ? 0 : size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
