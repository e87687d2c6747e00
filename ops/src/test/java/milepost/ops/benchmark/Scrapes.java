package milepost.ops.benchmark;

import static milepost.ops.benchmark.Figure.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;

/** What a scrape takes at the network's own 26 plans, and among more of 13 facts each. */
final class Scrapes {
    private static final String DATABASE = "scrapes";
    private static final int NETWORK = 26;
    private static final int FACTS = 13;
    private static final int SCRAPES = 11;

    private final Site site;
    private final Report report;

    Scrapes(Site site, Report report) {
        this.site = site;
        this.report = report;
    }

    void measure(int rounds) {
        site.create(DATABASE);
        try (var node = site.launch(DATABASE, Map.of("MILEPOST_DATASET", "ascn"))) {
            var client = new Client(node.port());
            client.awaitReady();
            Client.await("the dataset", () -> node.log().contains("Milepost is ready"));
            scrape(client, rounds, SCRAPE_26, SCRAPE_26_FIRST, SCRAPE_26_BYTES);
            site.fill(DATABASE, "more", 1_000 - NETWORK, FACTS);
            scrape(client, rounds, SCRAPE_1000, SCRAPE_1000_FIRST, SCRAPE_1000_BYTES);
            site.fill(DATABASE, "most", 2_000, FACTS);
            scrape(client, rounds, SCRAPE_3000, SCRAPE_3000_FIRST, SCRAPE_3000_BYTES);
        }
    }

    private void scrape(Client client, int rounds, Figure figure, Figure first, Figure bytes) {
        client.awaitCaughtUp();
        site.awaitIntegrated(DATABASE);
        report.add(first, millis(client));
        for (var nth = 0; nth < SCRAPES; nth++) millis(client); // to get warm
        for (var round = 0; round < rounds; round++) {
            var millis = new ArrayList<Double>();
            for (var nth = 0; nth < SCRAPES; nth++) millis.add(millis(client));
            report.add(figure, Samples.median(millis));
        }
        report.add(bytes, client.scrape().body().getBytes(StandardCharsets.UTF_8).length);
    }

    private static double millis(Client client) {
        var before = System.nanoTime();
        if (client.scrape().statusCode() != 200) throw new IllegalStateException("no scrape");
        return (System.nanoTime() - before) / 1e6;
    }
}
