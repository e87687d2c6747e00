package milepost.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import milepost.event.json.EventJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
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
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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
        inUtf8(input.getHeaders().getContentType());
        var bytes = input.getBody().readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) throw new TooLarge("A request's body has at most " + LIMIT + " bytes.");
        var faults = new Faults();
        var tree = tree(bytes);
        var body = type.cast(Fields.of(type).read(tree, "", faults));
        var malformed = new ArrayList<>(faults.named());
        body.contradictions().stream()
                .filter(field ->
                        faults.named().stream().noneMatch(known -> known.field().equals(field.field())))
                .forEach(malformed::add);
        BodyCheck.keep(request, bytes, tree, malformed);
        return body;
    }

    /** JSON is UTF-8 (RFC 8259), whatever a sender calls it. */
    private static void inUtf8(@Nullable MediaType type) {
        var charset = type == null ? null : type.getParameter("charset");
        if (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8")) return;
        throw new NotTaken(
                "JSON is read as UTF-8, not as " + charset + "; send it so, without a charset.",
                HttpHeaders.ACCEPT,
                MediaType.APPLICATION_JSON_VALUE);
    }

    @Override
    protected void writeInternal(Body body, HttpOutputMessage output) {
        throw new HttpMessageNotWritableException("bodies are only read");
    }

    static <T extends Body> T read(byte[] bytes, Class<T> type, Faults faults) {
        return type.cast(Fields.of(type).read(tree(bytes), "", faults));
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

    /** What Jackson says, without where in memory it found it. */
    private static String plain(JacksonException e) {
        return e.getOriginalMessage().replaceAll("(?s) ?[(\\[](start marker|at \\[Source|for the full).*", "");
    }
}
