package milepost.api.write.axon;

import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.json.EventJson;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Facts under their stored names, as {@link EventJson} writes and reads them; whatever else as Axon does. */
final class EventSerializer extends Jackson3Serializer {
    EventSerializer() {
        super(builder());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // as Axon declares it
    public SerializedType typeForClass(Class type) {
        return type != null && Event.class.isAssignableFrom(type)
                ? new SimpleSerializedType(EventTypes.name(type), null)
                : super.typeForClass(type);
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        var event = EventTypes.type(type.getName());
        return event == null ? super.resolveClassName(type) : event.getName();
    }

    @Override
    protected ObjectWriter getWriter() {
        return EventJson.MAPPER.writer();
    }

    @Override
    protected ObjectReader getReader(Class<?> type) {
        return Event.class.isAssignableFrom(type) ? EventJson.MAPPER.readerFor(type) : super.getReader(type);
    }
}
