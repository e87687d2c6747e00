package milepost.api.http;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** What each field of the API means, and an example of it, as {@code openapi/fields.yaml} has it by record. */
record FieldWords(Map<String, Map<String, List<@Nullable Object>>> byRecord) {
    @SuppressWarnings("unchecked") // what has another form fails ApiDocumentationIT
    static FieldWords read() {
        var file = new YamlMapFactoryBean();
        file.setResources(new ClassPathResource("openapi/fields.yaml"));
        return new FieldWords((Map<String, Map<String, List<@Nullable Object>>>)
                (Map<String, ?>) Objects.requireNonNull(file.getObject()));
    }

    void describe(Schema<?> property, Class<?> record, String field) {
        var words = words(record.getSimpleName(), field);
        if (!words.isEmpty()) property.setDescription(String.valueOf(words.getFirst()));
        if (words.size() > 1) property.setExample(words.get(1));
    }

    /** What its endpoint says of it goes before. */
    void describe(Parameter parameter) {
        var words = words(Parameter.class.getSimpleName(), parameter.getName());
        if (words.isEmpty() || parameter.getDescription() != null) return;
        parameter.setDescription(String.valueOf(words.getFirst()));
        if (words.size() > 1 && parameter.getExample() == null) parameter.setExample(words.get(1));
    }

    private List<@Nullable Object> words(String owner, String name) {
        return byRecord.getOrDefault(owner, Map.of()).getOrDefault(name, List.of());
    }
}
