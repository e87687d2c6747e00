package milepost.api.http;

import java.util.function.Function;
import milepost.api.start.Site;
import milepost.api.start.dataset.Documents;
import milepost.command.NetworkDocuments;
import milepost.event.Evidence;
import milepost.query.plan.FactEvidence;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** Evidence as answers show it: what names one of the network's documents says what that is called, and leads to it. */
@Configuration(proxyBeanMethods = false)
class CitedEvidence {
    /** @param document only of what names one that is known */
    record Cited(
            String url, @Nullable String sha256, @Nullable Document document) {}

    /** The same of evidence that some fact brought. */
    record CitedByFact(
            long version,
            String url,
            @Nullable String sha256,
            @Nullable Document document) {}

    /** @param link relative to the server */
    record Document(String title, String link) {}

    @Bean
    JsonMapperBuilderCustomizer evidenceWithDocuments(Documents documents, Site site) {
        return json -> json.addModule(new SimpleModule()
                .addSerializer(
                        Evidence.class,
                        as(one -> new Cited(one.url(), one.sha256(), document(one.url(), documents, site))))
                .addSerializer(
                        FactEvidence.class,
                        as(one -> new CitedByFact(
                                one.version(), one.url(), one.sha256(), document(one.url(), documents, site)))));
    }

    private static <T> ValueSerializer<T> as(Function<T, Record> shown) {
        return new ValueSerializer<>() {
            @Override
            public void serialize(T evidence, JsonGenerator out, SerializationContext context) {
                context.writeValue(out, shown.apply(evidence));
            }
        };
    }

    private static @Nullable Document document(String url, Documents documents, Site site) {
        if (!url.startsWith(NetworkDocuments.SCHEME)) return null;
        var id = url.substring(NetworkDocuments.SCHEME.length());
        return documents
                .document(id)
                .map(known -> new Document(known.title(), site.path() + "/api/documents/" + id))
                .orElse(null);
    }
}
