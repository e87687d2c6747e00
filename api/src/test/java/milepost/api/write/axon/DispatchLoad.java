package milepost.api.write.axon;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import milepost.api.Milepost;
import milepost.api.identity.Grant;
import milepost.api.identity.Role;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.event.Basis;
import milepost.event.Details;
import milepost.event.Evidence;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneId;
import milepost.event.PartialDate;
import milepost.event.PlanId;
import milepost.event.ProjectId;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.springframework.boot.SpringApplication;

/**
 * The application, and in the same process 32 callers of {@link Dispatch}. {@code ops/benchmark} starts it, and tells it by
 * lines what to do: {@code on} or {@code off} for the projections, {@code send SECONDS RUN NAME PLANS}. Its answers begin
 * with {@code =}.
 */
final class DispatchLoad {
    private static final int CALLERS = 32;
    private static final Grant SECRETARIAT =
            new Grant("benchmark", Role.SECRETARIAT, Set.of(), null, "Benchmark", null);

    private final Dispatch dispatch;
    private final EventProcessingConfiguration projections;

    private DispatchLoad(Dispatch dispatch, EventProcessingConfiguration projections) {
        this.dispatch = dispatch;
        this.projections = projections;
    }

    public static void main(String[] settings) throws Exception {
        try (var application = SpringApplication.run(Milepost.class, settings);
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var load = new DispatchLoad(
                    application.getBean(Dispatch.class), application.getBean(EventProcessingConfiguration.class));
            System.out.println("= ready");
            for (String line; (line = lines.readLine()) != null; ) {
                System.out.println("= " + load.done(List.of(line.split(" ", -1))));
            }
        }
    }

    private String done(List<String> words) {
        switch (words.getFirst()) {
            case "on" -> projections.eventProcessors().values().forEach(EventProcessor::start);
            case "off" -> projections.eventProcessors().values().forEach(EventProcessor::shutDown);
            case "send" -> {
                return sent(Integer.parseInt(words.get(1)), words.get(2), words.get(3), Integer.parseInt(words.get(4)));
            }
            default -> throw new IllegalArgumentException(words.toString());
        }
        return words.getFirst();
    }

    /** How many a second, and how many were refused in all. */
    private String sent(int seconds, String run, String name, int plans) {
        var sent = new LongAdder();
        var refused = new LongAdder();
        var begun = System.nanoTime();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var caller = 0; caller < CALLERS; caller++) {
                var prefix = run + "-" + caller + "-";
                callers.execute(() -> {
                    for (var nth = 0; System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds); nth++) {
                        var plan = ThreadLocalRandom.current().nextInt(plans);
                        var command = schedule(String.format(Locale.ROOT, "%s-%04d", name, plan), prefix + nth);
                        try {
                            dispatch.send(command, SECRETARIAT, null, null);
                            sent.increment();
                        } catch (RuntimeException e) {
                            System.out.println(e);
                            refused.increment();
                        }
                    }
                });
            }
        }
        var took = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "%.1f %d", sent.sum() / took, refused.sum());
    }

    private static Command schedule(String plan, String milestone) {
        return new Command(
                new Target(new PlanId(plan), null, LocalDate.now(ZoneOffset.UTC)),
                new MilestoneScheduled(
                        new PlanId(plan),
                        new PartialDate("2024-03-01"),
                        new MilestoneId(milestone),
                        new ProjectId("1"),
                        new PartialDate("2027-06"),
                        1,
                        new Details(
                                "CCTV phase 2 in service",
                                null,
                                null,
                                List.of(),
                                List.of(new Evidence("https://example.org/news/cctv-phase-2", null)),
                                Basis.REPORTED)));
    }
}
