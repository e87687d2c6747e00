package milepost.query.audit;

import java.time.Instant;
import java.util.Optional;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.event.json.EventJson;
import milepost.log.StreamName;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One line of the log, read.
 *
 * @param position in the log, from 1
 * @param stream {@code plan/<plan>} or {@code access}
 * @param version in the stream, from 1
 * @param at when it was recorded
 */
public record Entry(
        long position,
        String stream,
        long version,
        Instant at,
        String type,
        @Nullable String revision,
        JsonNode metadata,
        JsonNode payload) {
    /** @throws EventJson.Unreadable if it is no line of the log */
    public static Entry parse(byte[] line) {
        try {
            return EventJson.MAPPER.readValue(line, Entry.class).checked();
        } catch (JacksonException e) {
            throw new EventJson.Unreadable("this is no line of the log: " + e.getOriginalMessage(), e);
        }
    }

    @SuppressWarnings("ConstantValue") // Jackson leaves what is absent null
    private Entry checked() {
        if (position < 1 || version < 1 || (Object) stream == null || (Object) at == null || (Object) type == null) {
            throw new EventJson.Unreadable("this is no line of the log: it has no place in it", null);
        }
        return this;
    }

    /** The plan it is of; empty for what is of no plan. */
    public Optional<PlanId> plan() {
        return StreamName.isPlan(stream) ? Optional.of(new PlanId(StreamName.plan(stream))) : Optional.empty();
    }

    /**
     * The key that it introduces; empty for any other fact.
     *
     * @throws AuditMismatch if it introduces what is no key
     */
    public Optional<VerifierKey> introducedKey() {
        if (!type.equals(Bundle.KEY_INTRODUCED) || plan().isPresent()) return Optional.empty();
        try {
            return Optional.of(VerifierKey.parse(payload.path("key").asString("")));
        } catch (IllegalArgumentException e) {
            throw new AuditMismatch(this + ": " + e.getMessage());
        }
    }

    /**
     * The fact of a plan.
     *
     * @throws EventJson.Unreadable if it is none
     */
    public Recorded recorded() {
        return new Recorded(
                position,
                version,
                at,
                EventJson.author(EventJson.MAPPER.writeValueAsString(metadata)),
                EventJson.read(type, EventJson.MAPPER.writeValueAsString(payload)));
    }

    /** How messages name it. */
    @Override
    public String toString() {
        return stream + " version " + version + " (" + type + ", position " + position + ")";
    }
}
