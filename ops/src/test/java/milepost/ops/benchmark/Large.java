package milepost.ops.benchmark;

import static milepost.ops.benchmark.Figure.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import milepost.ops.Filling;
import milepost.ops.Milepost;

/** What is asked of a store of a million facts, 1,000 of each plan, made once. */
final class Large {
    private static final String DATABASE = "large";
    private static final String SMALL = "small";
    private static final int A_PLAN = 1_000;
    private static final int SMALL_PLANS = 10;
    private static final int MOMENTS = 51;
    private static final int FETCHED = 1_000;
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Site site;
    private final Run run;
    private final Report report;

    Large(Site site, Run run, Report report) {
        this.site = site;
        this.run = run;
        this.report = report;
    }

    void measure() throws Exception {
        System.out.println("A store of " + run.facts() + " facts");
        site.create(DATABASE);
        site.fill(DATABASE, "plan", run.facts() / A_PLAN, A_PLAN);
        if (run.has("start")) site.fill(DATABASE, Busy.plans(0), Busy.PLANS, 15);
        try (var first = site.launch(DATABASE, Map.of())) {
            var client = new Client(first.port());
            client.awaitLive();
            client.rebuild(); // sooner done than catching up
            client.awaitRebuilt();
            client.awaitReady();
            client.awaitCaughtUp();
            site.awaitIntegrated(DATABASE);
        }
        if (run.has("start")) for (var round = 0; round < run.rounds(); round++) start(1, START);
        try (var node = site.start(DATABASE)) {
            var client = new Client(node.port());
            if (run.has("rebuild")) rebuild(client);
            if (run.has("as-of")) asOf(client);
            memory(node, client);
        }
        if (run.has("start")) {
            for (var round = 0; round < run.rounds(); round++) start(2, START_TWO);
            beside();
        }
    }

    private void rebuild(Client client) throws SQLException {
        report.add(RAW_READ, rawRead());
        var begun = System.nanoTime();
        client.rebuild();
        client.awaitRebuilt();
        report.add(REBUILD, run.facts() / seconds(begun));
    }

    private double rawRead() throws SQLException {
        try (var connection = site.connect(DATABASE);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCHED);
            var begun = System.nanoTime();
            var facts = 0;
            try (var row = statement.executeQuery(
                    "select position, stream, version, at, type, payload, metadata from event_log order by position")) {
                for (; row.next(); facts++) {
                    for (var column = 1; column <= 7; column++) row.getString(column);
                }
            }
            return facts / seconds(begun);
        }
    }

    /** Of ten plans in turns, in the small store and in the large one. */
    private void asOf(Client large) {
        site.create(SMALL);
        site.fill(SMALL, "plan", SMALL_PLANS, A_PLAN);
        try (var node = site.start(SMALL)) {
            var small = new Client(node.port());
            var begun = Instant.now();
            for (var round = -2; round <= run.rounds(); round++) {
                var inSmall = new ArrayList<Double>();
                var inLarge = new ArrayList<Double>();
                for (var nth = 0; nth < MOMENTS; nth++) {
                    var path = "/api/plans/" + Filling.plan("plan", nth % SMALL_PLANS) + "?asOf="
                            + begun.minusMillis((round + 2) * MOMENTS + nth);
                    inSmall.add(millis(small, path));
                    inLarge.add(millis(large, path));
                }
                if (round <= 0) continue; // to get warm
                report.add(AS_OF_SMALL, Samples.median(inSmall));
                report.add(AS_OF_LARGE, Samples.median(inLarge));
                report.times(AS_OF_GROWTH, AS_OF_LARGE, AS_OF_SMALL);
            }
        }
    }

    private static double millis(Client client, String path) {
        var before = System.nanoTime();
        var answer = client.get(path);
        if (answer.statusCode() != 200) throw new IllegalStateException(path + ": " + answer.body());
        return (System.nanoTime() - before) / 1e6;
    }

    /** So many nodes at once, until all are ready. */
    private void start(int nodes, Figure figure) {
        var begun = System.nanoTime();
        var started = new ArrayList<Milepost>();
        for (var nth = 0; nth < nodes; nth++) started.add(site.launch(DATABASE, Map.of()));
        for (var node : started) new Client(node.port()).awaitReady();
        report.add(figure, seconds(begun));
        started.forEach(Milepost::close);
    }

    private void beside() throws InterruptedException {
        try (var busy = site.start(DATABASE)) {
            var client = new Client(busy.port());
            var words = new String[] {"schedule", "b", Busy.plans(0), Integer.toString(Busy.PLANS)};
            var half =
                    Load.wrk(run.seconds(), client.url(), client.token(), words).perSecond() / 2;
            for (var round = 1; round <= run.rounds(); round++) {
                var id = "s" + round + "-";
                var over = new AtomicBoolean();
                var load = Thread.startVirtualThread(() -> {
                    for (var second = 0; !over.get(); second++) {
                        var prefix = id + second + "-";
                        Paced.send(half, 1, nth -> HalfLoad.isScheduled(client, Busy.plans(0), prefix + nth));
                    }
                });
                start(1, START_BESIDE);
                over.set(true);
                load.join();
            }
        }
    }

    private void memory(Milepost node, Client client) throws IOException, InterruptedException {
        var rss = RSS.matcher(Files.readString(Path.of("/proc/" + node.pid() + "/status")));
        if (rss.find()) report.add(MEMORY_RSS, Long.parseLong(rss.group(1)) / 1024.0);
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(node.pid()), "GC.run").start().waitFor();
        report.add(MEMORY_HEAP, client.value("jvm_memory_used_bytes{area=\"heap\"") / (1024 * 1024));
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
