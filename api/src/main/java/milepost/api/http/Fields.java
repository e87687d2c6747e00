package milepost.api.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import milepost.event.AsGiven;
import milepost.event.Id;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of a body, read as a record.
 *
 * @param known the names of all its fields, those of unwrapped records too
 */
record Fields(Class<?> type, Constructor<?> constructor, List<Component> components, SortedSet<String> known)
        implements Shape {
    /** Kept, since a record says the same of itself each time. */
    private static final ClassValue<Fields> OF = new ClassValue<>() {
        @Override
        protected Fields computeValue(Class<?> type) {
            var components =
                    Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
            var known = new TreeSet<String>();
            for (var component : components) known.addAll(component.names());
            return new Fields(type, Shape.constructor(type), components, known);
        }
    };

    /**
     * One component.
     *
     * @param required whether it has to be there, be it null
     * @param unwrapped whether its own fields stand beside those of others
     */
    private record Component(String name, Shape shape, boolean required, boolean unwrapped) {
        static Component of(RecordComponent component) {
            var accessor = component.getAccessor();
            var property = accessor.getAnnotation(JsonProperty.class);
            return new Component(
                    component.getName(),
                    accessor.isAnnotationPresent(AsGiven.class)
                            ? Scalar.AS_GIVEN
                            : Shape.of(component.getGenericType()),
                    property != null && property.required(),
                    accessor.isAnnotationPresent(JsonUnwrapped.class));
        }

        SortedSet<String> names() {
            return unwrapped && shape instanceof Fields fields ? fields.known : new TreeSet<>(List.of(name));
        }

        @Nullable
        Object read(ObjectNode object, String within, Faults faults) {
            if (unwrapped && shape instanceof Fields fields) return fields.make(object, within, faults);
            var json = object.get(name);
            if (json == null) return required ? faults.name(within + name, "is required; null stands for none") : null;
            return json.isNull() ? null : shape.read(json, within + name, faults);
        }
    }

    static boolean isObject(Class<?> type) {
        return type.isRecord() && !Id.class.isAssignableFrom(type);
    }

    static Fields of(Class<?> type) {
        return OF.get(type);
    }

    @Override
    public @Nullable Object read(JsonNode json, String place, Faults faults) {
        if (!(json instanceof ObjectNode object)) return faults.name(place, "must be " + example());
        return read(object, place + ".", faults);
    }

    /** Of the whole body, {@code within} is empty. */
    Object read(ObjectNode object, String within, Faults faults) {
        var made = make(object, within, faults);
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                faults.name(within + name, "is not known here" + others());
            }
        }
        return made;
    }

    private String others() {
        return known.isEmpty() ? ": the body is {}" : "; known are " + String.join(", ", known);
    }

    /** As JSON, for who sent something else. */
    String example() {
        return Examples.PARTS.getOrDefault(type, "an object in braces");
    }

    /** With all its fields absent. */
    Object empty() {
        return Shape.make(constructor, new @Nullable Object[components.size()]);
    }

    private Object make(ObjectNode object, String within, Faults faults) {
        @Nullable Object[] values = new @Nullable Object[components.size()];
        for (var i = 0; i < values.length; i++) values[i] = components.get(i).read(object, within, faults);
        return Shape.make(constructor, values);
    }
}
