package milepost.ops.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import milepost.ops.Cluster;
import milepost.ops.Milepost;

/** What a load generator says of 32 clients that each ask again as soon as they are answered. */
record Load(double perSecond, double p50, double p99, int answered, int refused) {
    private static final int CLIENTS = 32;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern SUMMARY = Pattern.compile("(?m)^figures (\\d+) (\\d+) (\\S+) (\\S+) (\\d+)$");

    /** @param words of {@code benchmark.lua}, which says what they mean */
    static Load wrk(int seconds, String url, String token, String... words) {
        var command = new ArrayList<>(List.of(
                "wrk",
                "--threads=2",
                "--connections=" + CLIENTS,
                "--duration=" + seconds + "s",
                "--timeout=60s",
                "--script=" + resource("benchmark.lua"),
                url,
                "--"));
        command.addAll(List.of(words));
        var said = run(command, Map.of("TOKEN", token));
        var found = SUMMARY.matcher(said);
        if (!found.find()) throw new IllegalStateException(said);
        var answered = Integer.parseInt(found.group(1));
        return new Load(
                answered / (Long.parseLong(found.group(2)) / 1e6),
                Double.parseDouble(found.group(3)),
                Double.parseDouble(found.group(4)),
                answered,
                Integer.parseInt(found.group(5)));
    }

    /** Transactions a second. */
    static double pgbench(int seconds, Site site) {
        var said = run(
                List.of(
                        Cluster.PROGRAMS.resolve("pgbench").toString(),
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + CLIENTS,
                        "--jobs=2",
                        "--time=" + seconds,
                        "--file=" + resource("benchmark.sql"),
                        site.cluster.uri(Database.NAME)),
                Map.of());
        var tps = TPS.matcher(said);
        if (!tps.find()) throw new IllegalStateException(said);
        return Double.parseDouble(tps.group(1));
    }

    /** The one table that pgbench and the bare server insert into. */
    static final class Database {
        static final String NAME = "bare";

        private Database() {}

        static void create(Site site) {
            site.cluster.ask("postgres", "create database " + NAME);
            site.cluster.ask(NAME, """
                    create table fact (
                        position bigint generated always as identity primary key, stream text not null, payload text not null)
                    """);
        }
    }

    private static String resource(String name) {
        return Milepost.root().resolve("ops/src/test/resources").resolve(name).toString();
    }

    private static String run(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) throw new IllegalStateException(command.getFirst() + ": " + said);
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
