package milepost.plan;

import static java.util.Comparator.comparing;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Id;
import milepost.event.MilestoneId;
import milepost.event.OfficerId;
import milepost.event.PartnershipId;
import milepost.event.PlanId;
import milepost.event.ProjectId;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * All that was recorded of one plan, and what stands of it, by part: the plan itself, each project, milestone,
 * partnership and officer. A fact, or its retraction, changes nothing but the part it is about, so a step costs no more
 * in a plan of many facts than in one of few. What is asked of one day, or before a version, is folded part by part
 * when it is asked.
 *
 * @param recorded every fact by version, retracted ones and retractions too
 * @param retracted the versions that do not stand
 * @param standing every part that has facts that stand, whatever their day
 * @param next only what was recorded before this version is seen
 * @param day only what counts by this day is seen, of parts that have begun by then; all, if there is none
 */
public record PlanRecord(
        PSortedMap<Long, Recorded> recorded,
        PSet<Long> retracted,
        PMap<Id, Part> standing,
        long next,
        @Nullable LocalDate day) {
    /** A record is of one plan, so its own facts are one part, whatever they call it. */
    private static final Id ITSELF = new PlanId("");

    public static final PlanRecord NONE =
            new PlanRecord(TreePMap.empty(), HashTreePSet.empty(), HashTreePMap.empty(), Long.MAX_VALUE, null);

    /** @param facts of one plan, in stream order */
    public static PlanRecord of(Iterable<Recorded> facts) {
        var record = NONE;
        for (var fact : facts) record = record.and(fact);
        return record;
    }

    /** One fact further; a fact that is already in changes nothing, so to deliver twice is to deliver once. */
    public PlanRecord and(Recorded fact) {
        if (fact.version() <= version()) return this;
        var more = new PlanRecord(recorded.plus(fact.version(), fact), retracted, standing, next, day);
        return switch (fact.event()) {
            case FactRetracted retraction -> more.without(retraction.version());
            case Happening event ->
                retracted.contains(fact.version())
                        ? more
                        : more.with(event, Part.and(standing.get(key(event.about())), fact));
        };
    }

    /** As if the fact did not stand. */
    public PlanRecord without(long version) {
        var left = new PlanRecord(recorded, retracted.plus(version), standing, next, day);
        var fact = recorded.get(version);
        if (fact == null || !(fact.event() instanceof Happening event) || retracted.contains(version)) return left;
        var part = Objects.requireNonNull(standing.get(key(event.about())));
        return left.with(event, part.without(version));
    }

    private PlanRecord with(Happening event, @Nullable Part part) {
        var id = key(event.about());
        var parts = part == null ? standing.minus(id) : standing.plus(id, part);
        return new PlanRecord(recorded, retracted, parts, next, day);
    }

    private static Id key(Id id) {
        return id instanceof PlanId ? ITSELF : id;
    }

    /** What the record said when it had this version. */
    public PlanRecord at(long version) {
        return of(recorded.headMap(version, true).values()).before(next).on(day);
    }

    /** What stands of it now, of what was recorded before a version. */
    public PlanRecord before(long version) {
        return new PlanRecord(recorded, retracted, standing, version, day);
    }

    /** What had happened by a day; all of it, if none is named. */
    public PlanRecord on(@Nullable LocalDate day) {
        return new PlanRecord(recorded, retracted, standing, next, day);
    }

    /** The number of facts that were recorded. */
    public long version() {
        return recorded.isEmpty() ? 0 : recorded.lastKey();
    }

    /** The last fact recorded, whatever it was; there must be one. */
    public Recorded last() {
        return recorded.lastEntry().getValue();
    }

    /** The facts that stand and are seen, in stream order. */
    public List<Recorded> facts() {
        return recorded.values().stream().filter(this::isSeen).toList();
    }

    /** The fact of that version, if it stands and is seen. */
    public Optional<Recorded> fact(long version) {
        return Optional.ofNullable(recorded.get(version)).filter(this::isSeen);
    }

    private boolean isSeen(Recorded fact) {
        return fact.event() instanceof Happening event
                && !retracted.contains(fact.version())
                && fact.version() < next
                && (day == null
                        || (!event.countsFrom().isAfter(day)
                                && Objects.requireNonNull(standing.get(key(event.about())))
                                        .hasBegun(day)));
    }

    /** Everything seen, in the order in which it began to be told of. */
    public List<Part> parts() {
        return standing.values().stream()
                .flatMap(part -> Stream.ofNullable(seen(part)))
                .sorted(comparing(Part::since))
                .toList();
    }

    public @Nullable Part part(Id id) {
        return seen(standing.get(key(id)));
    }

    private @Nullable Part seen(@Nullable Part part) {
        if (part == null || (day != null && !part.hasBegun(day))) return null;
        var known = part.before(next);
        return known == null || day == null ? known : known.on(day);
    }

    private @Nullable State state(Id id) {
        var part = part(id);
        return part == null ? null : part.state();
    }

    public Charter charter() {
        var known = (Charter) state(ITSELF);
        return known == null ? Charter.NONE : known;
    }

    public @Nullable Officer officer(OfficerId id) {
        return (Officer) state(id);
    }

    public @Nullable Project project(ProjectId id) {
        return (Project) state(id);
    }

    public @Nullable Milestone milestone(MilestoneId id) {
        return (Milestone) state(id);
    }

    public @Nullable Partnership partnership(PartnershipId id) {
        return (Partnership) state(id);
    }
}
