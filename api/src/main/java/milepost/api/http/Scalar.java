package milepost.api.http;

import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import milepost.command.Text;
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
    private static final String A_TEXT = "a text in quotes";
    private static final String DATES = "a day (\"2018-07-08\"), a month (\"2018-07\") or a year (\"2018\")";

    static final Scalar TEXT = text(A_TEXT, Text::of);
    static final Scalar AS_GIVEN = text(A_TEXT, text -> text);

    private static final Map<Class<?>, Scalar> KNOWN = Map.of(
            String.class, TEXT,
            PartialDate.class, text("a date in quotes: " + DATES, PartialDate::new),
            Boolean.class,
                    new Scalar(
                            "must be true or false, without quotes",
                            json -> json.isBoolean() ? json.booleanValue() : null),
            Integer.class, whole(Integer.MIN_VALUE, Integer.MAX_VALUE, number -> number.intValue()),
            Long.class, whole(Long.MIN_VALUE, Long.MAX_VALUE, number -> number.longValue()),
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

    private static Scalar text(String kind, Function<String, @Nullable Object> value) {
        return new Scalar("must be " + kind, json -> json.isString() ? value.apply(json.stringValue()) : null);
    }

    private static Scalar id(Constructor<?> constructor) {
        return text(A_TEXT, text -> Shape.make(constructor, text));
    }

    private static Scalar oneOf(Object[] constants) {
        var byCode = new LinkedHashMap<String, Object>();
        for (var constant : constants) byCode.put(EventJson.MAPPER.convertValue(constant, String.class), constant);
        return new Scalar(
                "must be one of \"" + String.join("\", \"", byCode.keySet()) + "\"",
                json -> json.isString() ? byCode.get(json.stringValue()) : null);
    }

    /** JSON knows one kind of number: 3.0 is whole. */
    private static Scalar whole(long least, long most, Function<BigDecimal, Object> value) {
        var kind = "must be a whole number";
        return new Scalar(kind + ", without quotes", json -> {
            if (!json.isNumber()) return null;
            var number = json.decimalValue().stripTrailingZeros();
            if (number.scale() > 0) return null;
            if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
                throw new IllegalArgumentException(kind + " from " + least + " to " + most);
            }
            return value.apply(number);
        });
    }

    private static Scalar number(Function<BigDecimal, @Nullable Object> value) {
        return new Scalar(
                "must be a number, without quotes", json -> json.isNumber() ? value.apply(json.decimalValue()) : null);
    }
}
