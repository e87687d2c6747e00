package milepost.ops.benchmark;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the lines that were asked for, part by part; {@code ops/benchmark} starts it. BENCHMARK.md says what each means. */
final class Benchmark {
    private Benchmark() {}

    public static void main(String[] words) throws Exception {
        Run run;
        try {
            run = Run.of(words);
        } catch (IllegalArgumentException e) {
            System.err.print(e.getMessage());
            System.exit(2);
            return;
        }
        var report = new Report();
        var begun = Instant.now();
        try (var site = new Site()) {
            if (run.has("commands", "one-plan", "in-process", "half-load", "reads", "visible")) busy(site, run, report);
            if (run.has("growth")) new Growth(site, report).measure(run.rounds());
            if (run.has("scrape")) new Scrapes(site, report).measure(run.rounds());
            if (run.has("rebuild", "as-of", "start")) new Large(site, run, report).measure();
            System.out.println("\n" + report.table());
            report.write(run.json(), about(run, site, begun));
            System.out.println("\nThe figures of each round: " + run.json());
        }
    }

    private static void busy(Site site, Run run, Report report) {
        try (var busy = new Busy(site, run)) {
            var throughput = new Throughput(site, busy, report, run);
            var half = new HalfLoad(site, busy, report, run.seconds());
            System.out.println("Getting warm");
            throughput.warmUp();
            if (run.has("reads")) reads(busy, run.seconds(), new Report());
            for (var round = 1; round <= run.rounds(); round++) {
                System.out.println("Round " + round);
                if (run.has("commands", "one-plan", "in-process")) throughput.round(round);
                if (run.has("half-load")) half.round(round);
                if (run.has("reads")) reads(busy, run.seconds(), report);
            }
            if (run.has("visible")) half.visible(run.rounds());
        }
    }

    private static void reads(Busy busy, int seconds, Report report) {
        read(busy, seconds, report, "/api/plans?limit=50", Figure.LIST, Figure.LIST_P99);
        read(busy, seconds, report, "/api/plans/*", Figure.PLAN, Figure.PLAN_P99);
        read(busy, seconds, report, "/api/plans/*/timeline", Figure.TIMELINE, Figure.TIMELINE_P99);
    }

    private static void read(Busy busy, int seconds, Report report, String path, Figure rate, Figure p99) {
        var load = busy.read(Math.max(1, seconds / 2), path);
        report.add(rate, load.perSecond());
        report.add(p99, load.p99());
        if (load.refused() > 0) report.note(load.refused() + " of GET " + path + " were not answered with 2xx");
    }

    private static Map<String, Object> about(Run run, Site site, Instant begun) {
        var about = new LinkedHashMap<String, Object>();
        about.put("begun", begun);
        about.put("ended", Instant.now());
        about.put("lines", run.lines());
        about.put("rounds", run.rounds());
        about.put("seconds", run.seconds());
        about.put("facts", run.facts());
        about.put("processors", Runtime.getRuntime().availableProcessors());
        about.put("java", Runtime.version());
        about.put("postgresql", site.cluster.ask("postgres", "show server_version"));
        about.put("revision", System.getProperty("milepost.revision", "unknown"));
        return about;
    }
}
