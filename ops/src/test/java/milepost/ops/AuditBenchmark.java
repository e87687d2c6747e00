package milepost.ops;

import static milepost.ops.Figures.compare;
import static milepost.ops.Figures.row;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the audit log and the replay cost, in a store of ten thousand facts and in one of a million, in one run. It needs
 * a few gigabytes and about half an hour, no test waits for it, and nothing here fails for being slow:
 *
 * <pre>mvn -q verify -pl ops -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=AuditBenchmark -Dfailsafe.failIfNoSpecifiedTests=false</pre>
 *
 * <p>{@code -Dbenchmark.facts=100000} makes the large store smaller. Each plan has a thousand facts, and no two of them are
 * neighbours: plans take turns all through the store. Small and large are measured in turns, so that noise meets both.
 */
class AuditBenchmark {
    private static final int SMALL = 10_000;
    private static final int LARGE = Integer.getInteger("benchmark.facts", 1_000_000);
    private static final int REPLAYS = 31;
    private static final int PROOFS = 201;
    private static final int STARTS = 3;
    private static final int WARM_UP = 10;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PACE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern HASH = Pattern.compile("\"[A-Za-z0-9+/]{43}=\"");

    @Test
    void print_what_it_costs(@TempDir Path directory) throws Exception {
        try (var small = new Store(directory.resolve("small"), SMALL);
                var large = new Store(directory.resolve("large"), LARGE)) {
            for (var store : List.of(small, large)) {
                store.fill();
                catchUp(store);
            }
            for (var store : List.of(small, large)) integrateAlone(store);
            row("", small.facts + " facts", large.facts + " facts", "ratio");
            starts(small, large);
            replays(small, large);
            proofs(small, large);
            for (var store : List.of(small, large)) idle(store);
        }
    }

    /** After an import, log, projections and self-check work beside each other: the rows of all plans, and their pace then. */
    private static void catchUp(Store store) throws Exception {
        store.start();
        var before = System.nanoTime();
        store.database.awaitRows(store.facts);
        var rows = System.nanoTime();
        var looked = store.database.looked();
        var integrated = store.database.integrated();
        while (store.database.looked() < store.facts && System.nanoTime() - rows < PACE.toNanos()) Thread.sleep(POLL);
        var paced = seconds(System.nanoTime() - rows);
        System.out.println(String.format(
                Locale.ROOT,
                """
                %d facts: rows of all plans %.0f s after the start, %d facts looked at and %d integrated by then; \
                from there on %.0f looked at and %.0f integrated a second, both at once\
                """,
                store.facts,
                seconds(rows - before),
                looked,
                integrated,
                (store.database.looked() - looked) / paced,
                (store.database.integrated() - integrated) / paced));
    }

    /** The log once more from its beginning, with nothing else to do; beside what reading and hashing alone cost. */
    private static void integrateAlone(Store store) throws Exception {
        store.kill();
        store.database.rewind();
        Files.delete(store.data.resolve("audit-checkpoint"));
        store.start();
        store.database.awaitIntegrated();
        var perSecond = store.database.integratedPerSecond();
        var read = store.database.readLines(false);
        var hashed = store.database.readLines(true);
        System.out.println(String.format(Locale.ROOT, """
                %d facts: %.0f facts/s integrated alone; \
                the same lines read in order %.0f/s, read and hashed %.0f/s\
                """, store.facts, perSecond, read, hashed));
    }

    private static void starts(Store small, Store large) {
        var seconds = new double[2][STARTS];
        for (var i = 0; i < STARTS; i++) {
            var nth = 0;
            for (var store : List.of(small, large)) {
                store.milepost().close();
                seconds[nth++][i] = store.start();
            }
        }
        compare("start until ready, s", seconds[0], seconds[1]);
    }

    private static void replays(Store small, Store large) throws Exception {
        var path = "/api/plans/" + Facts.plan(7) + "/replay?format=ndjson";
        var times = inTurns(REPLAYS, small, large, nth -> path);
        compare("replay of 1000 facts, NDJSON, ms", times[0], times[1]);
        row("  its bytes", small.get(path).length(), large.get(path).length(), "");
        row(
                "  its lines",
                small.get(path).lines().count(),
                large.get(path).lines().count(),
                "");
    }

    private static void proofs(Store small, Store large) throws Exception {
        var random = new Random(1);
        var versions = random.ints(PROOFS + WARM_UP, 1, Facts.A_PLAN + 1).toArray();
        proof(
                "inclusion",
                small,
                large,
                (store, nth) -> "/audit/proof/inclusion?plan=" + Facts.plan(7) + "&version=" + versions[nth]);
        proof(
                "consistency",
                small,
                large,
                (store, nth) -> "/audit/proof/consistency?from=" + (1 + new Random(nth).nextInt(store.facts)));
        proof(
                "certificate",
                small,
                large,
                (store, nth) -> "/audit/proof/certificate?plan=" + Facts.plan(7) + "&version=" + versions[nth]);
    }

    private interface Asked {
        String path(Store store, int nth);
    }

    private static void proof(String kind, Store small, Store large, Asked asked) throws Exception {
        var times = new double[2][];
        var bytes = new double[2][PROOFS];
        var hashes = new double[2][PROOFS];
        var stores = List.of(small, large);
        times[0] = new double[PROOFS];
        times[1] = new double[PROOFS];
        for (var store : stores) store.signIn();
        for (var i = -WARM_UP; i < PROOFS; i++) {
            for (var nth = 0; nth < stores.size(); nth++) {
                var path = asked.path(stores.get(nth), i + WARM_UP);
                var before = System.nanoTime();
                var answer = stores.get(nth).get(path);
                if (i < 0) continue;
                times[nth][i] = millis(System.nanoTime() - before);
                bytes[nth][i] = answer.getBytes(StandardCharsets.UTF_8).length;
                hashes[nth][i] = hashes(answer);
            }
        }
        compare(kind + ", ms", times[0], times[1]);
        compare("  its bytes", bytes[0], bytes[1]);
        compare("  its hashes", hashes[0], hashes[1]);
    }

    /** Of the path: without the leaf and what the checkpoint says. */
    private static long hashes(String answer) {
        if (answer.startsWith("{")) {
            var list = answer.substring(answer.indexOf("\"hashes\":["));
            return HASH.matcher(list.substring(0, list.indexOf(']'))).results().count();
        }
        return answer.substring(0, answer.indexOf("\n\n")).lines().skip(3).count();
    }

    /** Nobody asks for anything; a pass of the self-check is under way, if the store is large enough to last. */
    private static void idle(Store store) throws Exception {
        var java = ProcessHandle.of(store.milepost().pid()).orElseThrow();
        var before = cpu(Stream.of(java));
        var postgres = cpu(store.postgres());
        var checks = store.checks();
        Thread.sleep(IDLE);
        var checked = store.checks();
        var share = 100 / (double) IDLE.toNanos();
        System.out.println(String.format(
                Locale.ROOT,
                """
                %d facts, idle for a minute with the self-check: Java %.1f %% of a core, PostgreSQL %.1f %%; \
                a step of the check %.1f ms of each second\
                """,
                store.facts,
                share * (cpu(Stream.of(java)) - before),
                share * (cpu(store.postgres()) - postgres),
                1000 * (checked[1] - checks[1]) / Math.max(1, checked[0] - checks[0])));
    }

    private static long cpu(Stream<ProcessHandle> processes) {
        return processes
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    private static double[][] inTurns(int times, Store small, Store large, LongFunction<String> path) throws Exception {
        var millis = new double[2][times];
        var stores = List.of(small, large);
        for (var store : stores) store.signIn();
        for (var i = -WARM_UP; i < times; i++) {
            for (var nth = 0; nth < stores.size(); nth++) {
                var before = System.nanoTime();
                stores.get(nth).get(path.apply(i));
                if (i >= 0) millis[nth][i] = millis(System.nanoTime() - before);
            }
        }
        return millis;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /** Milepost on data of its own, and its database from the inside. */
    private static final class Store implements AutoCloseable {
        private static final Map<String, String> SETTINGS = Map.of(
                "MILEPOST_DATASET", "none",
                "MANAGEMENT_OBSERVATIONS_ENABLE_TASKS", "true",
                "MILEPOST_LIMITS_REQUESTS_PER_MINUTE_AND_ADDRESS", "1000000",
                "MILEPOST_LIMITS_REQUESTS_PER_MINUTE_AND_ACCOUNT", "1000000");

        final Path data;
        final int facts;
        final Facts database;
        private final int port = Milepost.freePort();
        private Milepost milepost;
        private String token = "";

        Store(Path data, int facts) {
            this.data = data;
            this.facts = facts;
            this.database = new Facts(data);
            this.milepost = Milepost.run(data, port, SETTINGS, List.of()).awaitReady();
        }

        Milepost milepost() {
            return milepost;
        }

        /** PostgreSQL goes on without Milepost, which would integrate what is not all there yet. */
        void fill() throws Exception {
            kill();
            var before = System.nanoTime();
            database.fill(facts);
            System.out.println(String.format(
                    Locale.ROOT, "%d facts: filled in %.0f s", facts, seconds(System.nanoTime() - before)));
        }

        void kill() {
            milepost.killHard();
        }

        /** @return seconds until it is ready */
        double start() {
            var before = System.nanoTime();
            milepost = Milepost.run(data, port, SETTINGS, List.of()).awaitReady();
            return seconds(System.nanoTime() - before);
        }

        void signIn() {
            token = milepost.token("demo-auditor");
        }

        String get(String path) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create(milepost.url() + path))
                    .header("Authorization", "Bearer " + token)
                    .build();
            var answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) throw new IllegalStateException(path + ": " + answer.body());
            return answer.body();
        }

        Stream<ProcessHandle> postgres() throws IOException {
            var postmaster = ProcessHandle.of(database.postmaster()).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants());
        }

        /** How often a step of the self-check ran, and for how many seconds in all. */
        double[] checks() throws IOException {
            try (InputStream metrics = URI.create("http://127.0.0.1:" + (port + 1) + "/actuator/prometheus")
                    .toURL()
                    .openStream()) {
                var lines = new String(metrics.readAllBytes(), StandardCharsets.UTF_8);
                return Stream.of("count", "sum")
                        .mapToDouble(what -> lines.lines()
                                .filter(line -> line.startsWith("tasks_scheduled_execution_seconds_" + what)
                                        && line.contains("\"check\""))
                                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                                .sum())
                        .toArray();
            }
        }

        @Override
        public void close() {
            milepost.close();
        }
    }
}
