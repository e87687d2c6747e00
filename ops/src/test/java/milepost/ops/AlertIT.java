package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong, the real Prometheus with the rules people have says which alert is pending, and for what. */
class AlertIT {
    private static final int DAYS_LATE = 3;
    private static final List<String> OF_THE_SYSTEM = List.of(
            "ScrapeMissing", "NodeDown", "DatabaseAway", "DatabasePoolExhausted", "ProjectionLag", "DeadLetters");

    @TempDir
    Path data;

    @TempDir
    Path directory;

    @Test
    void what_goes_wrong_is_pending_under_its_name() throws Exception {
        Tool.require("prometheus", "prometheus");
        try (var milepost = Milepost.launch(data, Milepost.freePort(), Map.of("MILEPOST_DATASET", "none"))
                .awaitReady()) {
            milepost.post("/api/plans", """
                    {"city":"Chiang Mai","countryCode":"TH","from":"2024","to":"2030","on":"2024"}""");
            milepost.post("/api/plans", """
                    {"city":"Hue","countryCode":"VN","from":"2018","to":"2025","on":"2018"}""");
            try (var prometheus = Prometheus.start(directory.resolve("storage"), milepost, directory, "3s")) {
                Milepost.await("to be scraped", () -> isScraped(prometheus));
                schedule(milepost, "late", LocalDate.now(ZoneOffset.UTC).minusDays(DAYS_LATE));
                awaitPending(prometheus, "MilestoneOverdue", "chiang-mai");
                awaitPending(prometheus, "PlanSilent", "chiang-mai"); // and Hue, whose period is over, is not silent
                Milepost.await(
                        "to be well",
                        () -> OF_THE_SYSTEM.stream()
                                .noneMatch(alert -> prometheus.alerts().containsKey(alert)));

                new Facts(data).execute("alter table milestone add constraint poison check (id <> 'poison') not valid");
                schedule(milepost, "poison", LocalDate.of(2030, 1, 1));
                awaitPending(prometheus, "DeadLetters", "plans");

                Milepost.killPostgres(data);
                awaitPending(prometheus, "DatabaseAway", "127.0.0.1:" + (milepost.port() + 1));
                Milepost.await("to be scraped on without a database", () -> isScrapedWithoutDatabase(prometheus));
                assertThat(prometheus.alerts()).containsEntry("MilestoneOverdue", "pending chiang-mai");

                milepost.killHard();
                awaitPending(prometheus, "ScrapeMissing", "");
            }
        }
    }

    private static void schedule(Milepost milepost, String milestone, LocalDate due) {
        assertThat(milepost.post("/api/plans/chiang-mai/milestones", """
                        {"milestone":"%1$s","title":"%1$s","due":"%2$s","on":"2024"}""".formatted(milestone, due)))
                .contains("\"version\":");
    }

    private static boolean isScraped(Prometheus prometheus) {
        return !prometheus.query("up{job=\"milepost\"} == 1", Instant.now()).isEmpty();
    }

    /** Twice running: a first look finds out at once that its connections are gone, and only the next waits for new ones. */
    private static boolean isScrapedWithoutDatabase(Prometheus prometheus) {
        var answers = "(milepost_database_up[7s])";
        return !prometheus
                .query("count_over_time" + answers + " >= 2 and sum_over_time" + answers + " == 0", Instant.now())
                .isEmpty();
    }

    private static void awaitPending(Prometheus prometheus, String alert, String of) {
        Milepost.await(
                "to have %s pending for '%s'".formatted(alert, of),
                () -> ("pending " + of).strip().equals(prometheus.alerts().get(alert)));
    }
}
