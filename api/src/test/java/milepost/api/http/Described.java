package milepost.api.http;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The documentation, and what an answer has that it does not say. */
record Described(JsonNode api, JsonNode closed, SchemaRegistry schemas, Map<JsonNode, Schema> read) {
    private static final String LINES = "application/x-ndjson";

    /** One operation. */
    record Operation(String method, String path, JsonNode said) {
        /** As in {@code GET /api/plans/{plan}}. */
        @Override
        public String toString() {
            return method + " " + path;
        }

        /** Its parameters of a kind: path, query or header. */
        List<JsonNode> parameters(String in) {
            return said.path("parameters")
                    .valueStream()
                    .filter(parameter -> parameter.path("in").asString().equals(in))
                    .toList();
        }

        /** What it answers with a status, by media type; nothing where there is no body, or the status is not described. */
        JsonNode content(String status) {
            return said.path("responses").path(status).path("content");
        }

        /** The statuses of success. */
        List<String> successes() {
            return said.path("responses").propertyNames().stream()
                    .filter(status -> status.startsWith("2"))
                    .toList();
        }
    }

    static Described of(JsonNode api) {
        var closed = definitions(api.at("/components/schemas"));
        var config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        return new Described(
                api,
                closed,
                SchemaRegistry.withDefaultDialect(
                        Dialects.getOpenApi31(), registry -> registry.schemaRegistryConfig(config)),
                new HashMap<>());
    }

    /** A field that is not described is one too many. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(Described::close);
    }

    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        api.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry(
                        (method, said) -> operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, said))));
        return operations;
    }

    /** What contradicts the documentation in an answer to an operation. */
    List<String> contradictions(Operation operation, HttpResponse<String> answer) {
        var status = Integer.toString(answer.statusCode());
        if (!operation.said().path("responses").has(status)) return List.of("status " + status + " is not described");
        var content = operation.content(status);
        var type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        if (content.isEmpty()) {
            return answer.body().isEmpty() ? List.of() : List.of("a body, " + type + ", where none is described");
        }
        if (!content.has(type)) return List.of("media type " + type + " is not described");
        var schema = content.path(type).path("schema");
        if (schema.path("format").asString("").equals("binary")) return List.of();
        if (type.equals(LINES)) return brokenLines(content, answer.body());
        var value = type.endsWith("json") ? JsonMapper.shared().readTree(answer.body()) : new StringNode(answer.body());
        return broken(schema, value);
    }

    /** A line is what an item of the pages is. */
    private List<String> brokenLines(JsonNode content, String lines) {
        var page = content.at("/application~1json/schema/$ref").asString();
        var item = api.at(page.substring(1)).at("/properties/items/items");
        return lines.lines()
                .flatMap(line -> broken(item, JsonMapper.shared().readTree(line)).stream())
                .toList();
    }

    /** Where a value is not as a schema says. */
    List<String> broken(JsonNode schema, JsonNode value) {
        return read.computeIfAbsent(schema, this::schema).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private Schema schema(JsonNode schema) {
        return schemas.getSchema(((ObjectNode) definitions(schema)).set("$defs", closed));
    }

    /** Where JSON Schema looks for what is referred to, without OpenAPI around it. */
    private static JsonNode definitions(JsonNode schemas) {
        var moved = JsonMapper.shared().readTree(schemas.toString().replace("#/components/schemas/", "#/$defs/"));
        close(moved);
        return moved;
    }
}
