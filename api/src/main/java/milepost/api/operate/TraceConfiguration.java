package milepost.api.operate;

import io.micrometer.common.KeyValues;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.security.config.observation.SecurityObservationSettings;

/** What is traced. Every request has an id; spans are recorded only where they are sent somewhere. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {
    /** A trace begins with a request: not with each look for new facts that a clock sets off. */
    @Bean
    Sampler sampler(
            @Value("${management.opentelemetry.tracing.export.otlp.endpoint:}") String endpoint,
            @Value("${management.tracing.sampling.probability}") double probability) {
        if (endpoint.isBlank()) return Sampler.alwaysOff();
        return Sampler.parentBased(new OfRequests(Sampler.traceIdRatioBased(probability)));
    }

    /** Without the path: what it has besides the pattern can name a person's account. */
    @Bean
    DefaultServerRequestObservationConvention requests() {
        return new DefaultServerRequestObservationConvention() {
            @Override
            public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
                return KeyValues.empty();
            }
        };
    }

    /** Its spans would tell the words of a refusal, and who was refused. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    private record OfRequests(Sampler requests) implements Sampler {
        @Override
        public SamplingResult shouldSample(
                Context parent,
                String traceId,
                String name,
                SpanKind kind,
                Attributes attributes,
                List<LinkData> links) {
            return (kind == SpanKind.SERVER ? requests : Sampler.alwaysOff())
                    .shouldSample(parent, traceId, name, kind, attributes, links);
        }

        @Override
        public String getDescription() {
            return "requests: " + requests.getDescription();
        }
    }
}
