package milepost.api.http;

import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import milepost.event.Id;
import milepost.event.PartialDate;
import milepost.event.json.EventJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A single value of a body.
 *
 * @param kind what it is, for who sent something else
 * @param value makes it of JSON, or null if that is of another kind; an {@link IllegalArgumentException} says what is
 *     wrong with one of its kind
 */
record Scalar(String kind, Function<JsonNode, @Nullable Object> value) implements Shape {
    static final Scalar TEXT = text(text -> text);

    private static final Map<Class<?>, Scalar> KNOWN = Map.of(
            String.class, TEXT,
            PartialDate.class, text(PartialDate::new),
            Boolean.class, new Scalar("is true or false", json -> json.isBoolean() ? json.booleanValue() : null),
            Integer.class, whole(json -> inRange(json.canConvertToInt()) ? json.intValue() : null),
            Long.class, whole(json -> inRange(json.canConvertToLong()) ? json.longValue() : null),
            Double.class, number(number -> number.doubleValue()),
            BigDecimal.class, number(number -> number));

    /** @throws IllegalArgumentException if it is not known how to read one */
    static Scalar of(Class<?> type) {
        var known = KNOWN.get(type);
        if (known != null) return known;
        if (type.isEnum()) return oneOf(type.getEnumConstants());
        if (Id.class.isAssignableFrom(type)) return id(Shape.constructor(type));
        throw new IllegalArgumentException("no body has a " + type);
    }

    @Override
    public @Nullable Object read(JsonNode json, String place, Faults faults) {
        try {
            var made = value.apply(json);
            return made == null ? faults.name(place, kind) : made;
        } catch (IllegalArgumentException e) {
            return faults.name(place, String.valueOf(e.getMessage()));
        }
    }

    private static Scalar text(Function<String, @Nullable Object> value) {
        return new Scalar("is a text", json -> json.isString() ? value.apply(json.stringValue()) : null);
    }

    private static Scalar id(Constructor<?> constructor) {
        return text(text -> Shape.make(constructor, text));
    }

    private static Scalar oneOf(Object[] constants) {
        var byCode = new LinkedHashMap<String, Object>();
        for (var constant : constants) byCode.put(EventJson.MAPPER.convertValue(constant, String.class), constant);
        return new Scalar(
                "is one of " + String.join(", ", byCode.keySet()),
                json -> json.isString() ? byCode.get(json.stringValue()) : null);
    }

    private static Scalar whole(Function<JsonNode, @Nullable Object> value) {
        return new Scalar("is a whole number", json -> json.isIntegralNumber() ? value.apply(json) : null);
    }

    private static Scalar number(Function<BigDecimal, @Nullable Object> value) {
        return new Scalar("is a number", json -> json.isNumber() ? value.apply(json.decimalValue()) : null);
    }

    private static boolean inRange(boolean fits) {
        if (!fits) throw new IllegalArgumentException("is out of range");
        return true;
    }
}
