package milepost.api.http;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a type takes of JSON: its value is made in one walk, which names every field that cannot be read. */
sealed interface Shape permits Scalar, Shape.Entries, Fields {
    /** The value, or null if the JSON is none; that is named then. */
    @Nullable
    Object read(JsonNode json, String place, Faults faults);

    static Shape of(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return Entries.of(of(list.getActualTypeArguments()[0]));
        }
        var plain = (Class<?>) type;
        return Fields.isObject(plain) ? Fields.of(plain) : Scalar.of(plain);
    }

    /**
     * A list.
     *
     * @param blank stands for an entry that cannot be read, so that the others keep their numbers
     */
    record Entries(Shape entry, Object blank) implements Shape {
        private static Entries of(Shape entry) {
            if (entry instanceof Fields fields) return new Entries(fields, fields.empty());
            if (entry.equals(Scalar.TEXT)) return new Entries(entry, "");
            throw new IllegalArgumentException("no body has a list of " + entry);
        }

        @Override
        public @Nullable Object read(JsonNode json, String place, Faults faults) {
            if (!json.isArray()) return faults.name(place, "must be a list" + such());
            var values = new ArrayList<Object>();
            for (var each : json) {
                var value = entry.read(each, place + "[" + values.size() + "]", faults);
                values.add(value == null ? blank : value);
            }
            return values;
        }

        private String such() {
            return entry instanceof Fields fields
                    ? ", such as [" + fields.example() + "]"
                    : " of texts, such as [\"phuket\"]";
        }
    }

    /** Of a record, the one of all its components. */
    static Constructor<?> constructor(Class<?> type) {
        try {
            var components = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType);
            var constructor = type.getDeclaredConstructor(components.toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has one", e);
        }
    }

    static Object make(Constructor<?> constructor, @Nullable Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a record refuses what only a rule may", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("it was made accessible", e);
        }
    }
}
