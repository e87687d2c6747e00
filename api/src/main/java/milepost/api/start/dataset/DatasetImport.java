package milepost.api.start.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import milepost.api.start.StartFailure;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.command.plan.Command;
import milepost.command.plan.Rules;
import milepost.event.Author;
import milepost.event.Event;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.log.store.StoredKeys;
import milepost.plan.PlanRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Imports the network's plans, as the requests an officer would have made. All run through the rules in memory first;
 * each is sent with a key made from its row, so that an import can be repeated, interrupted and continued.
 */
@Component
public class DatasetImport {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetImport.class);
    private static final String KEY_PREFIX = "ascn:";

    private final String dataset;
    private final DatasetFiles files;
    private final StoredKeys keys;

    DatasetImport(@Value("${milepost.dataset}") String dataset, DatasetFiles files, StoredKeys keys) {
        this.dataset = dataset;
        this.files = files;
        this.keys = keys;
    }

    /**
     * Imports what is not there yet.
     *
     * @param send has a request of a key decided and recorded
     */
    public void run(LocalDate today, BiConsumer<Command, String> send) {
        switch (dataset) {
            case "none" -> LOG.info("No dataset is imported (MILEPOST_DATASET=none)");
            case "ascn" -> send(checked(Script.of(files, today)), send);
            default ->
                throw new StartFailure(
                        "There is no dataset '" + dataset + "'.", "Set MILEPOST_DATASET to ascn or none.");
        }
    }

    /** A step's key is of its row and its plan: a row may concern several plans, and each has its own keys. */
    private record Keyed(Script.Step step, String key) {}

    private List<Script.Step> checked(Script script) {
        var bad = new ArrayList<>(script.bad());
        var plans = new HashMap<PlanId, PlanRecord>();
        for (var step : script.steps()) {
            var plan = plans.getOrDefault(step.command().plan(), PlanRecord.NONE);
            try {
                Rules.decide(plan, step.command()).ifPresent(fact -> plans.put(fact.plan(), and(plan, fact)));
            } catch (Rejected e) {
                bad.addAll(complaints(step.row(), e));
            }
        }
        if (bad.isEmpty()) return script.steps();
        throw new StartFailure(
                "The dataset has " + bad.size() + " bad rows, and nothing was imported: " + String.join("; ", bad)
                        + ".",
                "Mend the files in ascn/, or set MILEPOST_DATASET=none.");
    }

    private static PlanRecord and(PlanRecord plan, Event fact) {
        return plan.and(new Recorded(0, plan.version() + 1, Instant.EPOCH, Author.ANONYMOUS, fact));
    }

    private static List<String> complaints(Row row, Rejected e) {
        if (e.fields().isEmpty()) return List.of(complaint(row, column(e.reason()), String.valueOf(e.getMessage())));
        return e.fields().stream()
                .map(f -> complaint(row, column(f.field()), f.message()))
                .toList();
    }

    private static String complaint(Row row, String column, String reason) {
        return String.valueOf(new Row.Bad(row, column, reason).getMessage());
    }

    /** The column that names what a rule was about. */
    private static String column(Reason reason) {
        return switch (reason) {
            case PLAN_UNKNOWN, PLAN_EXISTS -> "city";
            case PROJECT_UNKNOWN, PROJECT_EXISTS -> "project";
            case MILESTONE_UNKNOWN, MILESTONE_EXISTS, PARTNERSHIP_UNKNOWN, PARTNERSHIP_EXISTS -> "key";
            case OFFICER_APPOINTED -> "name";
            default -> "record";
        };
    }

    /** The column that a request's field is read from. */
    private static String column(String field) {
        if (field.matches("organisations\\[\\d+].countryCode")) return "organisation_country";
        var name = field.replaceAll("\\[.*", "");
        return switch (name) {
            case "plan" -> "city";
            case "on", "metOn" -> "occurred_on";
            case "milestone", "partnership" -> "key";
            case "focusAreas" -> "focus_areas";
            case "countryCode" -> "country_code";
            case "populationDensity" -> "population_density_per_km2";
            case "gdpPerCapita" -> "country_gdp_per_capita_usd_2016";
            case "officer" -> "name";
            default -> name;
        };
    }

    private void send(List<Script.Step> steps, BiConsumer<Command, String> send) {
        var recorded = new HashSet<>(keys.beginningWith(KEY_PREFIX));
        var missing = new LinkedHashMap<PlanId, List<Keyed>>();
        for (var step : steps) {
            var plan = step.command().plan();
            var key = key(step.row());
            if (!recorded.contains(new StoredKeys.Used(plan, key))) {
                missing.computeIfAbsent(plan, p -> new ArrayList<>()).add(new Keyed(step, key));
            }
        }
        var count = missing.values().stream().mapToInt(List::size).sum();
        if (count == 0) {
            LOG.info("The ASCN dataset is imported already: {} rows' facts are there", steps.size());
            return;
        }
        var refused = sendAll(missing, send);
        LOG.info(
                "Imported the ASCN dataset: {} facts of {} plans recorded, {} were there already, {} refused",
                count - refused,
                missing.size(),
                steps.size() - count,
                refused);
    }

    /** Plan by plan in order, all plans side by side; answers how many were refused. */
    private static int sendAll(Map<PlanId, List<Keyed>> missing, BiConsumer<Command, String> send) {
        try (var plans = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = new ArrayList<Future<Integer>>();
            missing.values().forEach(steps -> sent.add(plans.submit(() -> sendPlan(steps, send))));
            var refused = 0;
            for (var plan : sent) refused += plan.get();
            return refused;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The import was interrupted; it goes on at the next start", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The import stopped; it goes on at the next start", e.getCause());
        }
    }

    /** What the rules admit in memory may still be refused by what officers have recorded meanwhile. */
    private static int sendPlan(List<Keyed> steps, BiConsumer<Command, String> send) {
        var refused = 0;
        for (var keyed : steps) {
            try {
                send.accept(keyed.step().command(), keyed.key());
            } catch (Rejected e) {
                refused++;
                complaints(keyed.step().row(), e).forEach(complaint -> LOG.warn("Not imported: {}", complaint));
            }
        }
        return refused;
    }

    private static String key(Row row) {
        try {
            var text = row.file() + row.values().values();
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return KEY_PREFIX + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
