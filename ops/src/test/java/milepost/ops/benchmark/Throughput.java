package milepost.ops.benchmark;

import static milepost.ops.benchmark.Figure.*;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import milepost.ops.Milepost;
import org.jspecify.annotations.Nullable;

/** Commands as fast as they are answered, beside pgbench and a server that does nothing but insert. */
final class Throughput {
    private static final int LONGEST_WARM_UP = 10;
    private static final double GROWING = 1.05;

    /** One load that is no better than the best may be noise. */
    private static final int STANDING = 2;

    private final Site site;
    private final Busy busy;
    private final Report report;
    private final Run run;
    private final String bare;
    private final @Nullable InProcess inProcess;

    Throughput(Site site, Busy busy, Report report, Run run) {
        this.site = site;
        this.busy = busy;
        this.report = report;
        this.run = run;
        Load.Database.create(site);
        bare = startBare(site);
        inProcess = run.has("in-process") ? new InProcess(site) : null;
    }

    /** Each gets loads until it grows no faster. */
    void warmUp() {
        warmUp(nth -> bare(0).perSecond());
        warmUp(nth -> busy.schedule(run.seconds(), "warm" + nth, Busy.plans(0), Busy.PLANS)
                .perSecond());
        if (inProcess != null) {
            warmUp(nth ->
                    inProcess.send(run.seconds(), "warm" + nth, Busy.plans(0)).perSecond());
        }
    }

    private void warmUp(IntToDoubleFunction load) {
        var best = 0.0;
        for (int nth = 0, standing = 0; nth < LONGEST_WARM_UP && standing < STANDING; nth++) {
            var rate = load.applyAsDouble(nth);
            leaveToCompilers();
            standing = rate < GROWING * best ? standing + 1 : 0;
            best = Math.max(best, rate);
        }
    }

    /** Java's compilers have only what a load leaves them, which on two cores is a third of one. */
    private void leaveToCompilers() {
        try {
            Thread.sleep(Duration.ofSeconds(run.seconds()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String startBare(Site site) {
        var port = Milepost.freePort();
        var given = site.cluster.settings(Load.Database.NAME);
        var arguments = List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Bare.class.getName(),
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--logging.level.root=warn",
                "--spring.main.banner-mode=off",
                "--spring.threads.virtual.enabled=true",
                "--spring.datasource.hikari.maximum-pool-size=20",
                "--spring.datasource.url=" + given.get("MILEPOST_DB_URL"),
                "--spring.datasource.username=" + given.get("MILEPOST_DB_USER"),
                "--spring.datasource.password=" + given.get("MILEPOST_DB_PASSWORD"));
        site.java(arguments, Map.of());
        Client.await("the bare server", () -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return "http://127.0.0.1:" + port;
    }

    void round(int round) {
        report.add(PGBENCH, Load.pgbench(run.seconds(), site));
        var bare = bare(round);
        report.add(BARE, bare.perSecond());
        report.add(BARE_P99, bare.p99());
        if (run.has("commands")) commands(round);
        if (run.has("one-plan")) onePlan(round);
        if (inProcess != null) inProcess(inProcess, round);
    }

    private Load bare(int round) {
        return Load.wrk(
                run.seconds(), bare, "", "schedule", "r" + round, Busy.plans(round), Integer.toString(Busy.PLANS));
    }

    private void commands(int round) {
        busy.client().lag("seconds"); // signs in, which would make the last answer older below
        var before = busy.facts();
        var load = busy.schedule(run.seconds(), "r" + round, Busy.plans(round), Busy.PLANS);
        report.add(COMMANDS_LAG, busy.client().lag("seconds"));
        report.add(COMMANDS, load.perSecond());
        report.add(COMMANDS_P50, load.p50());
        report.add(COMMANDS_P99, load.p99());
        report.add(COMMANDS_REFUSED, load.refused());
        report.add(COMMANDS_LOST, Math.max(0, load.answered() - load.refused() - (busy.facts() - before)));
        busy.client().awaitCaughtUp();
    }

    private void onePlan(int round) {
        var load = busy.schedule(run.seconds(), "r" + round, Busy.plan(round), 1);
        report.add(ONE_PLAN, load.perSecond());
        report.add(ONE_PLAN_P99, load.p99());
        report.add(ONE_PLAN_REFUSED, load.refused());
        busy.client().awaitCaughtUp();
    }

    private void inProcess(InProcess process, int round) {
        process.projections(true);
        var on = process.send(run.seconds(), "on" + round, Busy.plans(round));
        process.projections(false);
        var off = process.send(run.seconds(), "off" + round, Busy.plans(round));
        report.add(IN_PROCESS, off.perSecond());
        report.add(IN_PROCESS_PROJECTED, on.perSecond());
        report.add(IN_PROCESS_REFUSED, on.refused() + off.refused());
    }
}
