package milepost.api.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import milepost.api.Node;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader who looks at the list of plans, at plans and at timelines all the while, and never sees any of them shrink. */
final class Watch implements AutoCloseable {
    private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<?> watching;
    private volatile boolean over;
    private final AtomicInteger looks = new AtomicInteger();

    Watch(Node node) {
        var seen = new HashMap<String, Long>();
        look(node, seen);
        watching = thread.submit(() -> {
            while (!over) look(node, seen);
        });
    }

    /** How often it has looked at everything. */
    int looks() {
        return looks.get();
    }

    @Override
    public void close() {
        over = true;
        try {
            watching.get();
        } catch (Exception e) {
            throw new AssertionError("a reader saw what it should not", e.getCause());
        } finally {
            thread.close();
        }
    }

    private void look(Node node, Map<String, Long> seen) {
        var plans = items(node.read("/api/plans?limit=200"));
        plans.forEach((plan, version) -> rises(seen, "listed " + plan, version));
        seen.keySet().stream()
                .filter(key -> key.startsWith("listed "))
                .forEach(key -> assertThat(plans).containsKey(key.substring("listed ".length())));
        for (var plan : plans.keySet()) {
            var page = node.read("/api/plans/" + plan);
            rises(seen, "version of " + plan, page.get("version").asLong());
            rises(seen, "milestones of " + plan, page.get("milestones").size());
            var timeline = node.read("/api/plans/" + plan + "/timeline?limit=200");
            rises(seen, "timeline of " + plan, timeline.get("items").size());
        }
        looks.incrementAndGet();
    }

    private static Map<String, Long> items(JsonNode page) {
        var plans = new HashMap<String, Long>();
        StreamSupport.stream(page.get("items").spliterator(), false)
                .forEach(item -> plans.put(
                        item.get("plan").asString(), item.get("version").asLong()));
        return plans;
    }

    private static void rises(Map<String, Long> seen, String what, long now) {
        @Nullable Long before = seen.put(what, now);
        assertThat(now).as(what).isGreaterThanOrEqualTo(before == null ? 1 : before);
    }
}
