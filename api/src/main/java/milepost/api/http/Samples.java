package milepost.api.http;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Examples of what is answered, made of those of each field; and of what is asked, as far as it asks nothing else by that. */
record Samples(Components components, FieldWords words) {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";

    void show(Operation operation) {
        if (operation.getParameters() != null) operation.getParameters().forEach(this::parameter);
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2") && response.getContent() != null) {
                answer(response.getContent(), String.valueOf(operation.getOperationId()));
            }
        });
    }

    /** A parameter is there or not, and never null; what may be left out is not filled in. */
    private void parameter(Parameter parameter) {
        Schema<?> schema = parameter.getSchema();
        if (schema.getTypes() != null)
            schema.setTypes(Set.of(schema.getTypes().stream()
                    .filter(type -> !type.equals("null"))
                    .findFirst()
                    .orElseThrow()));
        words.describe(parameter);
        var example = parameter.getExample() == null ? schema.getExample() : parameter.getExample();
        schema.setExample(null);
        schema.setExampleSetFlag(false);
        if (Boolean.TRUE.equals(parameter.getRequired()) || example == null) return;
        var said = Objects.requireNonNullElse(parameter.getDescription(), "");
        parameter.setDescription(said + (said.endsWith(".") ? "" : ".") + " Such as " + example + ".");
        parameter.setExample(null);
    }

    private void answer(Content content, String operation) {
        var json = content.get(JSON);
        if (json != null) json.setExample(answered(json.getSchema(), operation));
        content.forEach((type, answer) -> {
            if (type.equals(JSON)) return;
            var text = type.equals(LINES) ? line(json) : Examples.TEXTS.get(operation);
            answer.setSchema(text == null ? new StringSchema().format("binary") : new StringSchema());
            if (text != null) answer.setExample(text);
        });
    }

    private @Nullable Object answered(Schema<?> schema, String operation) {
        var stated = Examples.TEXTS.get(operation);
        return stated == null ? of(schema) : JsonMapper.shared().readValue(stated, Object.class);
    }

    private static @Nullable String line(@Nullable MediaType pages) {
        if (pages == null || !(pages.getExample() instanceof Map<?, ?> page)) return null;
        return page.get("items") instanceof List<?> items && !items.isEmpty()
                ? JsonMapper.shared().writeValueAsString(items.getFirst()) + "\n"
                : null;
    }

    private @Nullable Object of(Schema<?> schema) {
        var isKey = schema.getAdditionalProperties() instanceof Schema<?> && schema.getExample() instanceof String;
        if (schema.getExampleSetFlag() && !isKey) return schema.getExample();
        if (schema.get$ref() != null) {
            var named = components.getSchemas().get(RecordSchemas.name(schema.get$ref()));
            return named == null ? null : of(named);
        }
        if (schema.getOneOf() != null) return of(schema.getOneOf().getFirst());
        if (schema.getItems() != null)
            return Stream.ofNullable(of(schema.getItems())).toList();
        if (schema.getAdditionalProperties() instanceof Schema<?> entry) {
            return Collections.singletonMap(String.valueOf(schema.getExample()), of(entry));
        }
        if (schema.getProperties() == null) return null;
        var fields = new LinkedHashMap<String, @Nullable Object>();
        schema.getProperties().forEach((name, field) -> fields.put(name, of(field)));
        return fields;
    }

    /** The schemas that a schema's fields refer to. */
    static Stream<String> parts(Schema<?> schema) {
        if (schema.get$ref() != null) return Stream.of(RecordSchemas.name(schema.get$ref()));
        if (schema.getOneOf() != null) return schema.getOneOf().stream().flatMap(Samples::parts);
        if (schema.getItems() != null) return parts(schema.getItems());
        return schema.getProperties() == null
                ? Stream.of()
                : schema.getProperties().values().stream().flatMap(Samples::parts);
    }

    static boolean isNullable(Schema<?> schema) {
        return schema.getOneOf() != null
                || (schema.getTypes() != null && schema.getTypes().contains("null"));
    }
}
