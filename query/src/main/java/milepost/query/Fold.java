package milepost.query;

import java.util.function.BiFunction;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import milepost.event.Recorded;

/** An empty state and one pure step: live rows, replay and audit all take it. */
public record Fold<S>(S empty, BiFunction<S, Recorded, S> step) {
    /** A state, and the version of the last fact in it. */
    public record At<S>(long version, S state) {}

    /** One fact further; a fact that is already in changes nothing, so to deliver twice is to deliver once. */
    public At<S> next(At<S> at, Recorded fact) {
        if (fact.version() <= at.version()) return at;
        return new At<>(fact.version(), step.apply(at.state(), fact));
    }

    /** Every state one plan has passed through, oldest first. */
    public Stream<At<S>> states(Stream<Recorded> facts) {
        return facts.gather(Gatherers.scan(() -> new At<>(0, empty), this::next));
    }

    /** The state after all facts of one plan, in stream order. */
    public S of(Iterable<Recorded> facts) {
        var at = new At<>(0, empty);
        for (var fact : facts) at = next(at, fact);
        return at.state();
    }
}
