package milepost.api.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import milepost.command.plan.Limits;
import milepost.event.Id;
import milepost.event.PartialDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of each record's schema what the record says of itself: what may be null, what has to be there, and what it means. */
@Component
class RecordSchemas implements ModelConverter {
    private static final String NULL = "null";

    private final FieldWords words = FieldWords.read();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType asked, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var type = Json31.mapper().constructType(asked.getType()).getRawClass();
        if (Id.class.isAssignableFrom(type)) return text("^" + Limits.SLUG + "$");
        if (type == PartialDate.class) return text("^[1-9]\\d{3}(-\\d{2}(-\\d{2})?)?$");
        if (!chain.hasNext()) return null;
        Schema<?> schema = chain.next().resolve(asked, context, chain);
        if (schema == null || !type.isRecord()) return schema;
        var model =
                schema.get$ref() == null ? schema : context.getDefinedModels().get(name(schema.get$ref()));
        if (model != null && model.getProperties() != null) {
            model.setRequired(new ArrayList<>());
            describe(model, type, Body.class.isAssignableFrom(type), Set.of(), context);
        }
        return schema;
    }

    static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    /** @param demanded what rules ask of a body beside what cannot be null */
    private void describe(
            Schema<?> model, Class<?> record, boolean body, Set<String> demanded, ModelConverterContext context) {
        var components = record.getRecordComponents();
        var taken = Shape.constructor(record).getAnnotatedParameterTypes();
        for (var i = 0; i < components.length; i++) {
            var component = components[i];
            var demands = demands(component);
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                describe(model, component.getType(), body, demands, context);
                continue;
            }
            var name = component.getName();
            var known = model.getProperties().get(name);
            if (known == null) continue;
            var stated = component.getAccessor().getAnnotation(JsonProperty.class);
            var nullable = isNullable(body ? taken[i] : component.getAnnotatedType());
            var needed = body && (demanded.contains(name) || demands.contains(name));
            if (!body || needed || !nullable || (stated != null && stated.required())) model.addRequiredItem(name);
            var property = list(component, context).orElseGet(() -> plain(known));
            words.describe(property, record, name);
            model.getProperties().put(name, nullable && !needed ? orNull(property) : property);
        }
    }

    /** Of what is written as it is, the component says what it holds. */
    private static Optional<Schema<?>> list(RecordComponent component, ModelConverterContext context) {
        var said = component.getAccessor().getAnnotation(ArraySchema.class);
        if (said == null) return Optional.empty();
        var entry = context.resolve(new AnnotatedType(said.schema().implementation()).resolveAsRef(true));
        var list = new Schema<>(SpecVersion.V31);
        list.setTypes(Set.of("array"));
        list.setItems(entry);
        return Optional.of(list);
    }

    /** A copy without null: records that stand in others share what they say. */
    private static Schema<?> plain(Schema<?> known) {
        if (known.getOneOf() != null) return plain(known.getOneOf().getFirst());
        Schema<?> plain = AnnotationsUtils.clone(known, true);
        if (plain.getTypes() != null) plain.getTypes().remove(NULL);
        if (plain.getEnum() != null) plain.getEnum().removeIf(Objects::isNull);
        return plain;
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Set<String> demands(RecordComponent component) {
        var required = component.getAnnotation(Required.class);
        if (required == null) return Set.of();
        return required.value().length == 0
                ? Set.of(component.getName())
                : new TreeSet<>(Arrays.asList(required.value()));
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null) {
            var either = new Schema<>(SpecVersion.V31)
                    .addOneOfItem(new Schema<>(SpecVersion.V31).$ref(schema.get$ref()))
                    .addOneOfItem(new Schema<>(SpecVersion.V31).types(Set.of(NULL)));
            either.setDescription(schema.getDescription());
            if (schema.getExampleSetFlag()) either.setExample(schema.getExample());
            return either;
        }
        if (schema.getTypes() == null && schema.getType() != null) schema.addType(schema.getType());
        schema.addType(NULL);
        if (schema.getEnum() != null) schema.addEnumItemObject(null);
        return schema;
    }

    private static Schema<?> text(String pattern) {
        return new StringSchema().pattern(pattern).specVersion(SpecVersion.V31);
    }
}
