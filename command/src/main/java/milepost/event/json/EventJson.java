package milepost.event.json;

import milepost.event.Author;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.Happening;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one codec of facts: what is stored reads back for ever, and a change of meaning is upcast here. */
public final class EventJson {
    /** Plain JSON: dates as ISO 8601 text, amounts as they were given, no class names. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private EventJson() {}

    /** A stored fact that cannot be read: the log was written by a newer version, or was tampered with. */
    public static final class Unreadable extends RuntimeException {
        public Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    public static String write(Event event) {
        return MAPPER.writeValueAsString(event);
    }

    /** @throws Unreadable if there is no fact of this name, or the JSON is not one */
    public static Event read(String type, String payload) {
        var known = EventTypes.type(type);
        if (known == null) throw new Unreadable("no fact is called '" + type + "'", null);
        try {
            Event event = MAPPER.readValue(payload, known);
            if (!isWhole(event)) throw new Unreadable("this is no " + type + ": it names no plan or no day", null);
            return event;
        } catch (JacksonException e) {
            throw new Unreadable("this is no " + type + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Jackson leaves what is absent null, whatever the type promises. */
    @SuppressWarnings("ConstantValue")
    private static boolean isWhole(@Nullable Event event) {
        if (event == null || (Object) event.plan() == null) return false;
        return !(event instanceof Happening h) || (Object) h.on() != null;
    }

    /** Who is named in a fact's metadata. */
    public static Author author(String metadata) {
        try (var json = MAPPER.createParser(metadata)) {
            json.nextToken();
            for (var name = json.nextName(); name != null; name = json.nextName()) {
                var isObject = json.nextToken() == JsonToken.START_OBJECT;
                if (isObject && name.equals("by")) return json.readValueAs(Author.class);
                json.skipChildren();
            }
        }
        return Author.ANONYMOUS;
    }
}
