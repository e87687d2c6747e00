package milepost.api.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import milepost.command.Rejected.Field;
import milepost.event.Id;
import milepost.event.PartialDate;
import milepost.event.json.EventJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads the body of a write, strictly, and names every field at once that cannot be read: those are kept beside the
 * request until the command made of the rest has had its bounds checked too.
 */
@Component
public class BodyReader extends AbstractHttpMessageConverter<Body> {
    /** Of a body, in bytes: a fact's line has at most as many. */
    public static final int LIMIT = 64 * 1024;

    /** Each bad field costs another look at the whole body, so there is an end to naming them. */
    private static final int MOST_NAMED = 100;

    private static final JsonMapper MAPPER = EventJson.MAPPER
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(LogicalType.Textual, BodyReader::noTextOfOthers)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .build();

    private static final Pattern MISSING = Pattern.compile("^Missing required creator property '(\\w+)'");

    private final HttpServletRequest request;

    BodyReader(HttpServletRequest request) {
        super(MediaType.APPLICATION_JSON);
        this.request = request;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return Body.class.isAssignableFrom(type);
    }

    @Override
    protected boolean canWrite(@Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Body readInternal(Class<? extends Body> type, HttpInputMessage input) throws IOException {
        var bytes = input.getBody().readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) throw new TooLarge("A request's body has at most " + LIMIT + " bytes.");
        var malformed = new ArrayList<Field>();
        var body = read(tree(bytes), type, malformed);
        malformed.addAll(body.contradictions());
        Asked.keep(request, bytes, malformed);
        return body;
    }

    @Override
    protected void writeInternal(Body body, HttpOutputMessage output) {
        throw new HttpMessageNotWritableException("bodies are only read");
    }

    private static ObjectNode tree(byte[] bytes) {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) return object;
        } catch (JacksonException e) {
            throw new Malformed("The body is no JSON: " + plain(e) + place(e) + ".", List.of());
        }
        throw new Malformed("The body is no JSON object.", List.of());
    }

    /** Of a body that nests too deep no place is told. */
    private static String place(JacksonException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static void noTextOfOthers(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /** Takes out each field that cannot be read, and reads again, until the rest can be. */
    private static Body read(ObjectNode tree, Class<? extends Body> type, List<Field> malformed) {
        while (true) {
            if (malformed.size() >= MOST_NAMED) throw new Malformed("The body cannot be read.", malformed);
            try {
                return MAPPER.treeToValue(tree, type);
            } catch (JacksonException e) {
                var missing = MISSING.matcher(e.getOriginalMessage());
                if (missing.find()) {
                    malformed.add(new Field(missing.group(1), "is required, be it null"));
                    tree.putNull(missing.group(1));
                    continue;
                }
                malformed.add(new Field(path(e), message(e)));
                if (!remove(tree, e)) throw new Malformed("The body cannot be read.", malformed);
            }
        }
    }

    private static boolean remove(JsonNode tree, JacksonException e) {
        var path = e.getPath();
        var parent = tree;
        for (var i = 0; i < path.size() - 1; i++) parent = child(parent, path.get(i));
        if (path.isEmpty()) return false;
        var last = path.getLast();
        return switch (parent) {
            case ObjectNode object -> object.remove(last.getPropertyName()) != null;
            case ArrayNode array -> blank(array, last.getIndex(), e);
            default -> false;
        };
    }

    /** An entry leaves a blank one of its kind behind, so that the others keep their numbers. */
    private static boolean blank(ArrayNode array, int index, JacksonException e) {
        var object = e instanceof MismatchedInputException wrong && isObject(wrong.getTargetType());
        var blank = object ? array.objectNode() : array.stringNode("");
        if (array.get(index).equals(blank)) return false;
        array.set(index, blank);
        return true;
    }

    private static JsonNode child(JsonNode parent, JacksonException.Reference step) {
        return step.getPropertyName() == null ? parent.path(step.getIndex()) : parent.path(step.getPropertyName());
    }

    private static String path(JacksonException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() == null)
                path.append('[').append(step.getIndex()).append(']');
            else path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
        }
        return path.toString();
    }

    private static String message(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            var known = fields(unknown.getReferringClass()).sorted().toList();
            return "is not known here; known are " + String.join(", ", known);
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return String.valueOf(e.getCause().getMessage());
        }
        if (e instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
            return kind(wrong.getTargetType());
        }
        return e instanceof InputCoercionException ? "is out of range" : plain(e);
    }

    private static Stream<String> fields(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(field -> field.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? fields(field.getType())
                        : Stream.of(field.getName()));
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) return "is one of " + String.join(", ", codes(type));
        if (type == Integer.class || type == Long.class) return "is a whole number";
        if (Number.class.isAssignableFrom(type)) return "is a number";
        if (type == Boolean.class) return "is true or false";
        if (Collection.class.isAssignableFrom(type)) return "is a list";
        return isObject(type) ? "is an object" : "is a text";
    }

    private static boolean isObject(@Nullable Class<?> type) {
        return type != null && type.isRecord() && !Id.class.isAssignableFrom(type) && type != PartialDate.class;
    }

    private static List<String> codes(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(code -> MAPPER.convertValue(code, String.class))
                .toList();
    }

    /** What Jackson says, without where in memory it found it. */
    private static String plain(JacksonException e) {
        return e.getOriginalMessage().replaceAll("(?s) ?[(\\[](start marker|at \\[Source|for the full).*", "");
    }
}
