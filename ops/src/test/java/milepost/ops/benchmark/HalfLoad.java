package milepost.ops.benchmark;

import static milepost.ops.benchmark.Figure.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import milepost.ops.Filling;

/** What a command takes, and how soon it is seen, while commands come at half of the rate that was reached. */
final class HalfLoad {
    /** Plans that come first in the list, so that each has a page of its own there. */
    static final String WATCHED = "a";

    static final int WATCHED_PLANS = 50;

    private static final int FOLLOWED_PER_SECOND = 40;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final List<Figure> KINDS =
            List.of(VISIBLE_PLAN_SAME, VISIBLE_LIST_SAME, VISIBLE_PLAN_OTHER, VISIBLE_LIST_OTHER);

    private final Site site;
    private final Busy busy;
    private final Report report;
    private final int seconds;

    HalfLoad(Site site, Busy busy, Report report, int seconds) {
        this.site = site;
        this.busy = busy;
        this.report = report;
        this.seconds = seconds;
    }

    private double rate() {
        return report.latest(COMMANDS) / 2;
    }

    void round(int round) {
        Paced.send(rate(), 2, nth -> isScheduled(busy.client(), Busy.plans(round), "w" + round + "-" + nth));
        var paced = Paced.send(
                rate(), seconds, nth -> isScheduled(busy.client(), Busy.plans(round), "h" + round + "-" + nth));
        report.add(HALF_RATE, rate());
        report.add(HALF_P50, Samples.percentile(paced.millis(), 50));
        report.add(HALF_P99, Samples.percentile(paced.millis(), 99));
        report.add(HALF_REFUSED, paced.refused());
        busy.client().awaitCaughtUp();
    }

    static boolean isScheduled(Client client, String name, String milestone) {
        var plan = ThreadLocalRandom.current().nextInt(Busy.PLANS);
        return Milestones.schedule(client, Filling.plan(name, plan), milestone).statusCode() == 201;
    }

    /** With a second node on the same database. */
    void visible(int rounds) {
        try (var node = site.start(Busy.DATABASE)) {
            var other = new Client(node.port());
            var pages = pages();
            System.out.println("Two nodes, the second getting warm first");
            for (var page : List.of("/api/plans?limit=1", "/api/plans/*")) {
                Load.wrk(seconds, other.url(), other.token(), "get", page, WATCHED, Integer.toString(WATCHED_PLANS));
            }
            visible(0, other, pages, new Report());
            for (var round = 1; round <= rounds; round++) visible(round, other, pages, report);
        }
    }

    /** The paths at which the watched plans are one by one in the list. */
    private List<String> pages() {
        var pages = new ArrayList<String>();
        for (var path = "/api/plans?limit=1"; pages.size() < WATCHED_PLANS; ) {
            pages.add(path);
            var next = NEXT.matcher(busy.client().get(path).body());
            if (!next.find()) throw new IllegalStateException("no page follows " + path);
            path = next.group(1);
        }
        return pages;
    }

    private void visible(int round, Client other, List<String> pages, Report report) {
        var seen = new ConcurrentHashMap<Figure, Queue<Double>>();
        var every = (int) Math.max(1, rate() / FOLLOWED_PER_SECOND);
        var paced = Paced.send(rate(), 2 * seconds, nth -> {
            if (nth % every != 0) return isScheduled(busy.client(), Busy.plans(round), "v" + round + "-" + nth);
            var kind = KINDS.get(nth / every % KINDS.size());
            var watched = nth / every / KINDS.size() % WATCHED_PLANS;
            var plan = Filling.plan(WATCHED, watched);
            var path =
                    kind == VISIBLE_PLAN_SAME || kind == VISIBLE_PLAN_OTHER ? "/api/plans/" + plan : pages.get(watched);
            var asked = kind == VISIBLE_PLAN_SAME || kind == VISIBLE_LIST_SAME ? busy.client() : other;
            var answer = Milestones.schedule(busy.client(), plan, "v" + round + "-" + nth);
            if (answer.statusCode() != 201) return false;
            var answered = System.nanoTime();
            while (version(asked.get(path).body()) < version(answer.body())) {
                if (System.nanoTime() - answered > LONGEST_NANOS) return false;
            }
            seen.computeIfAbsent(kind, k -> new ConcurrentLinkedQueue<>()).add((System.nanoTime() - answered) / 1e6);
            return true;
        });
        for (var kind : KINDS) report.add(kind, Samples.percentile(seen.getOrDefault(kind, new ArrayDeque<>()), 99));
        if (paced.refused() > 0)
            report.note(
                    paced.refused() + " commands were refused, or not seen within 30 s, while two nodes were watched");
        busy.client().awaitCaughtUp();
    }

    private static long version(String body) {
        var found = VERSION.matcher(body);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
