package milepost.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import milepost.command.Rejected.Field;
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
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the body of a write, strictly, and names every field at once that cannot be read: those are kept beside the
 * request until the command made of the rest has had its bounds checked too.
 */
@Component
public class BodyReader extends AbstractHttpMessageConverter<Body> {
    /** Of a body, in bytes: a fact's line has at most as many. */
    public static final int LIMIT = 64 * 1024;

    private static final JsonMapper MAPPER = EventJson.MAPPER
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(tools.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

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
            var at = e.getLocation();
            throw new Malformed(
                    "The body is no JSON: " + e.getOriginalMessage() + " (line " + at.getLineNr() + ", column "
                            + at.getColumnNr() + ").",
                    List.of());
        }
        throw new Malformed("The body is no JSON object.", List.of());
    }

    /** Takes out each field that cannot be read, and reads again, until the rest can be. */
    private static Body read(ObjectNode tree, Class<? extends Body> type, List<Field> malformed) {
        while (true) {
            try {
                return MAPPER.treeToValue(tree, type);
            } catch (DatabindException e) {
                malformed.add(new Field(path(e), message(e)));
                if (!remove(tree, e.getPath())) throw new Malformed("The body cannot be read.", malformed);
            }
        }
    }

    private static boolean remove(JsonNode tree, List<JacksonException.Reference> path) {
        var parent = tree;
        for (var i = 0; i < path.size() - 1; i++) parent = child(parent, path.get(i));
        if (path.isEmpty()) return false;
        var last = path.getLast();
        return switch (parent) {
            case ObjectNode object -> object.remove(last.getPropertyName()) != null;
            case ArrayNode array -> array.remove(last.getIndex()) != null;
            default -> false;
        };
    }

    private static JsonNode child(JsonNode parent, JacksonException.Reference step) {
        return step.getPropertyName() == null ? parent.path(step.getIndex()) : parent.path(step.getPropertyName());
    }

    private static String path(DatabindException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() == null) path.append('[').append(step.getIndex()).append(']');
            else path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
        }
        return path.toString();
    }

    private static String message(DatabindException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown -> "is not known here; known are "
                    + String.join(", ", unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList());
            case ValueInstantiationException refused when refused.getCause() != null ->
                String.valueOf(refused.getCause().getMessage());
            case InvalidFormatException wrong when wrong.getTargetType().isEnum() -> "is one of "
                    + String.join(", ", codes(wrong.getTargetType()));
            default -> "cannot be read: " + e.getOriginalMessage();
        };
    }

    private static List<String> codes(Class<?> type) {
        return java.util.Arrays.stream(type.getEnumConstants()).map(MAPPER::writeValueAsString).toList();
    }
}
