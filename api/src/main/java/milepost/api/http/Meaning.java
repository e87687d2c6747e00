package milepost.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import milepost.command.Text;
import milepost.event.json.EventJson;
import milepost.log.RequestHashes;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.web.util.ServletRequestPathUtils;
import tools.jackson.databind.JsonNode;

/** What a request asks, however its path and its JSON are written. */
final class Meaning {
    private Meaning() {}

    static RequestHashes hashes(HttpServletRequest request, byte[] bytes, JsonNode body) {
        var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        var said = path.elements().stream()
                .map(element -> element instanceof PathSegment segment ? segment.valueToMatch() : element.value())
                .collect(Collectors.joining());
        return new RequestHashes(
                RequestHashes.BY_MEANING + hash(request.getMethod(), said, bytes(canonical(body))),
                hash(request.getMethod(), path.value(), bytes));
    }

    /** In one spelling: without what says nothing, by name, each text as it is kept and each number as short as it can be. */
    static String canonical(JsonNode json) {
        if (json.isObject()) {
            var fields = new TreeMap<String, String>();
            json.properties().forEach(field -> {
                if (!saysNothing(field.getValue())) fields.put(field.getKey(), canonical(field.getValue()));
            });
            return fields.entrySet().stream()
                    .map(field -> quoted(field.getKey()) + ":" + field.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (json.isArray()) {
            return json.valueStream().map(Meaning::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        if (json.isNumber()) return json.decimalValue().stripTrailingZeros().toString();
        return json.isString() ? quoted(Text.of(json.stringValue())) : json.toString();
    }

    private static boolean saysNothing(JsonNode json) {
        return json.isNull() || (json.isArray() && json.isEmpty());
    }

    private static String quoted(String text) {
        return EventJson.MAPPER.writeValueAsString(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String method, String path, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes(method + " " + path + "\n"));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
