package milepost.ops.benchmark;

import milepost.ops.Milepost;

/** A node on 1,000 plans of 15 facts for each round, and as many to get warm on. */
final class Busy implements AutoCloseable {
    static final String DATABASE = "busy";
    static final String COPY = "busy_copy";
    static final int PLANS = 1000;

    private static final int FACTS = 15;

    private final Site site;
    private final Milepost node;
    private final Client client;

    Busy(Site site, Run run) {
        this.site = site;
        site.create(DATABASE);
        for (var round = 0; round <= run.rounds(); round++) {
            site.fill(DATABASE, plans(round), PLANS, FACTS);
            site.fill(DATABASE, plan(round), 1, FACTS);
        }
        if (run.has("visible")) site.fill(DATABASE, HalfLoad.WATCHED, HalfLoad.WATCHED_PLANS, FACTS);
        if (run.has("in-process")) site.copy(COPY, DATABASE);
        node = site.startOnFacts(DATABASE);
        client = new Client(node.port());
    }

    /** The names of a round's plans begin so; 0 is for getting warm. */
    static String plans(int round) {
        return "round" + round;
    }

    /** The same of the round's only plan. */
    static String plan(int round) {
        return "single" + round;
    }

    Client client() {
        return client;
    }

    Load schedule(int seconds, String run, String name, int plans) {
        return Load.wrk(seconds, client.url(), client.token(), "schedule", run, name, Integer.toString(plans));
    }

    Load read(int seconds, String path) {
        return Load.wrk(seconds, client.url(), client.token(), "get", path, plans(0), Integer.toString(PLANS));
    }

    int facts() {
        return Integer.parseInt(
                site.cluster.ask(DATABASE, "select count(*) from event_log where stream like 'plan/%'"));
    }

    @Override
    public void close() {
        node.close();
    }
}
