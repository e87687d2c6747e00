package milepost.ops;

import static milepost.ops.Figures.compare;
import static milepost.ops.Figures.row;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a scrape and the export of the past cost with the network's 26 plans, and with each of them 39 times. It takes some
 * minutes, no test waits for it, and nothing here fails for being slow:
 *
 * <pre>mvn -q verify -pl ops -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=MetricBenchmark -Dfailsafe.failIfNoSpecifiedTests=false</pre>
 *
 * <p>Both are measured in turns, so that noise meets both.
 */
class MetricBenchmark {
    private static final int PLANS = 26;
    private static final int TIMES = 39;
    private static final int SCRAPES = 31;
    private static final int EXPORTS = 5;
    private static final int WARM_UP = 5;
    private static final Pattern NUMBERS = Pattern.compile("( [^ \"}]+){1,2}$");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void print_what_it_costs() throws Exception {
        Tool.require("promtool", "prometheus");
        try (var few = Milepost.run(directory.resolve("few"), Milepost.freePort(), Map.of(), List.of())
                        .awaitReady();
                var many = Milepost.run(directory.resolve("many"), Milepost.freePort(), Map.of(), List.of())
                        .awaitReady()) {
            var facts = new Facts(directory.resolve("many"));
            facts.awaitPlans(PLANS);
            facts.copy(TIMES);
            facts.awaitPlans(PLANS * TIMES);
            facts.awaitIntegrated();
            var both = List.of(few, many);
            row("", PLANS + " plans", PLANS * TIMES + " plans", "ratio");
            scrapes(both);
            exports(both);
        }
    }

    private void scrapes(List<Milepost> both) throws Exception {
        var requests = both.stream()
                .map(node -> URI.create("http://127.0.0.1:" + (node.port() + 1) + "/actuator/prometheus"))
                .map(uri -> HttpRequest.newBuilder(uri).build())
                .toList();
        timed("a scrape, ms", SCRAPES, requests);
        shown("scrape", requests);
    }

    private void exports(List<Milepost> both) throws Exception {
        var requests = both.stream()
                .map(node -> HttpRequest.newBuilder(URI.create(node.url() + "/api/metrics/history"))
                        .header("Authorization", "Bearer " + node.token("demo-operator"))
                        .build())
                .toList();
        timed("the past, ms", EXPORTS, requests);
        var past = shown("past", requests);
        row("made into blocks, s", blocks(past.getFirst()), blocks(past.getLast()), "");
    }

    private void timed(String what, int times, List<HttpRequest> both) throws Exception {
        var millis = new double[2][times];
        for (var i = -WARM_UP; i < times; i++) {
            for (var nth = 0; nth < 2; nth++) {
                var before = System.nanoTime();
                var answer = HTTP.send(both.get(nth), BodyHandlers.discarding());
                if (answer.statusCode() != 200) throw new IllegalStateException(answer.toString());
                if (i >= 0) millis[nth][i] = (System.nanoTime() - before) / 1e6;
            }
        }
        compare(what, millis[0], millis[1]);
    }

    /** Kept in files, and what is in them. */
    private List<Path> shown(String name, List<HttpRequest> both) throws Exception {
        var files = List.of(directory.resolve(name + "-few"), directory.resolve(name + "-many"));
        for (var nth = 0; nth < 2; nth++) HTTP.send(both.get(nth), BodyHandlers.ofFile(files.get(nth)));
        var few = files.getFirst();
        var many = files.getLast();
        row("  its bytes", Files.size(few), Files.size(many), "");
        row("  its samples", samples(few).count(), samples(many).count(), "");
        row("  its series", series(few).count(), series(many).count(), "");
        row("  of them of plans", ofPlans(few), ofPlans(many), "");
        return files;
    }

    private static Stream<String> samples(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#"));
    }

    /** By name and labels: what stands before the value, and before its time. */
    private static Stream<String> series(Path file) throws IOException {
        return samples(file).map(line -> NUMBERS.matcher(line).replaceFirst("")).distinct();
    }

    private static long ofPlans(Path file) throws IOException {
        return series(file)
                .filter(name -> name.contains("{plan=") || name.contains(",plan="))
                .count();
    }

    private double blocks(Path past) throws IOException, InterruptedException {
        var before = System.nanoTime();
        var log = directory.resolve("promtool.log");
        var promtool = new ProcessBuilder(
                        "promtool",
                        "tsdb",
                        "create-blocks-from",
                        "--quiet",
                        "openmetrics",
                        past.toString(),
                        past + "-blocks")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (promtool.waitFor() != 0) throw new IllegalStateException(Files.readString(log));
        return (System.nanoTime() - before) / 1e9;
    }
}
