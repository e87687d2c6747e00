package milepost.api;

import java.util.List;
import milepost.event.Author;
import milepost.event.json.EventJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The access log from a moment on, without the sign-ins by which tests get their tokens: those from 127.0.0.1. */
public final class AccessWatch {
    private final Node node;
    private final long since;

    private AccessWatch(Node node, long since) {
        this.node = node;
        this.since = since;
    }

    public record Fact(String type, JsonNode payload, Author by) {}

    /** Sees what is recorded from now on. */
    public static AccessWatch on(Node node) {
        var last = node.sql()
                .sql("select count(*) from event_log where stream = 'access'")
                .query(Long.class);
        return new AccessWatch(node, last.single());
    }

    public List<Fact> facts() {
        return node
                .sql()
                .sql("select * from event_log where stream = 'access' and version > ? order by version")
                .param(since)
                .query((row, i) -> new Fact(
                        row.getString("type"),
                        JsonMapper.shared().readTree(row.getString("payload")),
                        EventJson.author(row.getString("metadata"))))
                .stream()
                .filter(fact -> !isOurs(fact))
                .toList();
    }

    private static boolean isOurs(Fact fact) {
        return fact.type().equals("SignedIn")
                && "milepost".equals(fact.by().client())
                && fact.payload().path("address").asString().equals("127.0.0.0/24");
    }

    public List<String> types() {
        return facts().stream().map(Fact::type).toList();
    }

    /** The only one there is. */
    public Fact only() {
        var facts = facts();
        if (facts.size() != 1) throw new AssertionError("not one fact, but " + facts);
        return facts.getFirst();
    }
}
