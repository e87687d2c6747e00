package milepost.ops.benchmark;

import static milepost.ops.benchmark.Figure.*;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import milepost.ops.Filling;

/** What one command of one client takes on plans of 10, 1,000 and 10,000 facts. */
final class Growth {
    private static final String DATABASE = "growth";
    private static final int SAMPLES = 25;
    private static final int RETRACTIONS = 5;
    private static final int WARM_UP = 500;
    /** A plan that costs seconds is not waited for 25 times. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Site site;
    private final Report report;

    /** A plan of ten facts would soon be one of sixty, so there are many of these. */
    private record Size(String name, int facts, int plans, Figure cold, Figure schedule, Figure meet) {}

    private static final List<Size> SIZES = List.of(
            new Size("ten", 10, SAMPLES, COLD_10, SCHEDULE_10, MEET_10),
            new Size("thousand", 1_000, 1, COLD_1000, SCHEDULE_1000, MEET_1000),
            new Size("large", 10_000, 1, COLD_10000, SCHEDULE_10000, MEET_10000));

    Growth(Site site, Report report) {
        this.site = site;
        this.report = report;
    }

    void measure(int rounds) {
        site.create(DATABASE);
        site.fill(DATABASE, "warm", 1, 10);
        for (var size : SIZES) {
            for (var round = 1; round <= rounds; round++) {
                site.fill(DATABASE, size.name + round, size.plans, size.facts);
            }
        }
        try (var node = site.startOnFacts(DATABASE)) {
            var client = new Client(node.port());
            var begun = System.nanoTime();
            for (var nth = 0; nth < WARM_UP && System.nanoTime() - begun < LONGEST_NANOS; nth++) {
                Milestones.schedule(client, "warm-0000", "m-" + nth);
                Milestones.meet(client, "warm-0000", "m-" + nth);
            }
            for (var round = 1; round <= rounds; round++) {
                System.out.println("Growth, round " + round);
                round(client, round);
            }
        }
    }

    private void round(Client client, int round) {
        var times = new EnumMap<Figure, List<Double>>(Figure.class);
        for (var size : SIZES) {
            time(times, size.cold, () -> Milestones.schedule(client, plan(size, round, 0), "cold"));
            for (var nth = 1; nth < size.plans; nth++) Milestones.schedule(client, plan(size, round, nth), "cold");
        }
        var begun = System.nanoTime();
        for (var nth = 0; nth < SAMPLES && (nth == 0 || System.nanoTime() - begun < LONGEST_NANOS); nth++) {
            for (var size : SIZES) {
                var plan = plan(size, round, nth % size.plans);
                var milestone = "m-" + nth;
                time(times, size.schedule, () -> Milestones.schedule(client, plan, milestone));
                time(times, size.meet, () -> Milestones.meet(client, plan, milestone));
            }
        }
        retractions(client, times, plan(SIZES.getLast(), round, 0));
        times.forEach((figure, millis) -> report.add(figure, Samples.median(millis)));
        report.times(SCHEDULE_GROWTH, SCHEDULE_10000, SCHEDULE_10);
        report.times(MEET_GROWTH, MEET_10000, MEET_10);
    }

    private void retractions(Client client, Map<Figure, List<Double>> times, String plan) {
        var versions = site.cluster.ask(
                DATABASE,
                "select version from event_log where type = 'PlanStatusReported' and version > 5000 and stream = 'plan/"
                        + plan + "' order by version limit " + RETRACTIONS);
        var begun = System.nanoTime();
        for (var version : versions.lines().map(Long::valueOf).toList()) {
            if (System.nanoTime() - begun > LONGEST_NANOS) return;
            time(times, RETRACTION_10000, () -> Milestones.retract(client, plan, version));
        }
    }

    private void time(Map<Figure, List<Double>> times, Figure figure, Supplier<HttpResponse<String>> command) {
        var before = System.nanoTime();
        var answer = command.get();
        var millis = (System.nanoTime() - before) / 1e6;
        if (answer.statusCode() / 100 == 2) {
            times.computeIfAbsent(figure, f -> new ArrayList<>()).add(millis);
        } else {
            report.note(figure.name() + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static String plan(Size size, int round, int nth) {
        return Filling.plan(size.name + round, nth);
    }
}
