package milepost.api.operate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import milepost.api.identity.AccessFact;
import milepost.api.identity.AccessFact.DeadLettersRetried;
import milepost.api.identity.AccessFact.RebuildStarted;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Identity;
import milepost.database.Promptly;
import milepost.query.projection.Rebuild;
import milepost.query.projection.axon.DeadLetters;
import milepost.query.projection.axon.Lag;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * The operator's hand on the read side: {@code GET /actuator/projections}, {@code GET …/{name}/dead-letters},
 * {@code POST …/{name}/rebuild}, {@code POST …/{name}/retry}, {@code POST …/rebuild}.
 */
@Component
@Endpoint(id = "projections")
class ProjectionsEndpoint {
    private final Rebuild rebuild;
    private final Lag lag;
    private final DeadLetters deadLetters;
    private final AccessLog accessLog;
    private final BuildWatch builds;
    private final Promptly promptly;

    ProjectionsEndpoint(
            Rebuild rebuild,
            Lag lag,
            DeadLetters deadLetters,
            AccessLog accessLog,
            BuildWatch builds,
            Promptly promptly) {
        this.rebuild = rebuild;
        this.lag = lag;
        this.deadLetters = deadLetters;
        this.accessLog = accessLog;
        this.builds = builds;
        this.promptly = promptly;
    }

    /** How one projection is. */
    record Status(Lag.Backlog lag, BuildWatch.@Nullable Build build, Rebuild.@Nullable Run rebuild) {}

    @ReadOperation
    Map<String, Status> all() {
        var statuses = new TreeMap<String, Status>();
        promptly.ask(lag::read)
                .forEach((name, behind) -> statuses.put(name, new Status(behind, builds.of(name), progress(name))));
        return statuses;
    }

    @ReadOperation
    WebEndpointResponse<?> one(@Selector String name, @Selector String what) {
        if (!rebuild.names().contains(name) || !what.equals("dead-letters")) return unknown();
        return new WebEndpointResponse<>(Map.of("items", promptly.ask(() -> deadLetters.of(name))));
    }

    @WriteOperation
    WebEndpointResponse<?> act(@Selector String name, @Selector String what) {
        if (!rebuild.names().contains(name)) return unknown();
        return switch (what) {
            case "rebuild" -> {
                var started = rebuild(List.of(name));
                yield new WebEndpointResponse<>(progress(name), started ? 202 : 409);
            }
            case "retry" -> {
                record(new DeadLettersRetried(name));
                yield new WebEndpointResponse<>(
                        Map.of("retried", deadLetters.retry(name), "left", deadLetters.of(name)));
            }
            default -> unknown();
        };
    }

    /** All at once, with the log read once for all. */
    @WriteOperation
    WebEndpointResponse<?> act(@Selector String what) {
        if (!what.equals("rebuild")) return unknown();
        var started = rebuild(rebuild.names());
        var all = new TreeMap<String, Rebuild.@Nullable Run>();
        rebuild.names().forEach(name -> all.put(name, progress(name)));
        return new WebEndpointResponse<>(all, started ? 202 : 409);
    }

    private boolean rebuild(List<String> names) {
        var started = rebuild.start(names);
        if (started) names.forEach(name -> record(new RebuildStarted(name)));
        return started;
    }

    private void record(AccessFact fact) {
        accessLog.record(Identity.current().author(), fact);
    }

    private Rebuild.@Nullable Run progress(String name) {
        return rebuild.progress(name).orElse(null);
    }

    private static WebEndpointResponse<?> unknown() {
        return new WebEndpointResponse<>(
                Map.of(
                        "detail",
                        "Known are GET projections, GET projections/{name}/dead-letters, POST projections/rebuild, and"
                                + " POST projections/{name}/rebuild or retry."),
                404);
    }
}
