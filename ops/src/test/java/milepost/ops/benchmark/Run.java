package milepost.ops.benchmark;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import milepost.ops.Milepost;

/** What was asked for on the command line. */
record Run(Set<String> lines, int rounds, int seconds, int facts, Path json) {
    private static final List<String> LINES = List.of(
            "commands",
            "one-plan",
            "in-process",
            "half-load",
            "reads",
            "visible",
            "growth",
            "scrape",
            "rebuild",
            "as-of",
            "start");

    private static final String USAGE = """
            usage: ops/benchmark [--short] [--rounds N] [--seconds N] [--facts N] [--json FILE] [LINE]...
              lines: %s; all, if none is named
              --rounds   how often all is measured, in turns (3)     --seconds  how long a load lasts (6)
              --facts    of the large store (1000000)                --short    the same as --rounds 1 --seconds 2 --facts 100000
              --json     where the figures go (ops/target/benchmark.json)
            """.formatted(String.join(" ", LINES));

    static Run of(String... words) {
        var lines = new LinkedHashSet<String>();
        var rounds = 3;
        var seconds = 6;
        var facts = 1_000_000;
        var json = Milepost.root().resolve("ops/target/benchmark.json");
        for (var nth = 0; nth < words.length; nth++) {
            switch (words[nth]) {
                case "--short" -> {
                    rounds = 1;
                    seconds = 2;
                    facts = 100_000;
                }
                case "--rounds" -> rounds = number(words, ++nth);
                case "--seconds" -> seconds = number(words, ++nth);
                case "--facts" -> facts = number(words, ++nth);
                case "--json" -> json = Path.of(word(words, ++nth));
                default -> {
                    if (!LINES.contains(words[nth])) throw new IllegalArgumentException(USAGE);
                    lines.add(words[nth]);
                }
            }
        }
        if (lines.isEmpty()) lines.addAll(LINES);
        // What is at half of a rate needs to know the rate.
        if (lines.contains("half-load") || lines.contains("visible")) lines.add("commands");
        return new Run(lines, rounds, seconds, facts, json);
    }

    boolean has(String... some) {
        return List.of(some).stream().anyMatch(lines::contains);
    }

    private static String word(String[] words, int nth) {
        if (nth == words.length) throw new IllegalArgumentException(USAGE);
        return words[nth];
    }

    private static int number(String[] words, int nth) {
        var word = word(words, nth);
        if (!word.matches("[1-9][0-9]{0,7}")) throw new IllegalArgumentException(USAGE);
        return Integer.parseInt(word);
    }
}
