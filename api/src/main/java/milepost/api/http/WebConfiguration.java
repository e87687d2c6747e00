package milepost.api.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import milepost.event.PartialDate;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamWriteFeature;

/** Joins what all endpoints share to Spring MVC. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private static final List<String> OURS = List.of("/api/**", "/audit/**");
    private static final Pattern INSTANT = Pattern.compile("[+-]?\\d+-\\d{2}-\\d{2}[Tt].*");

    private final TargetResolver targets;
    private final BodyReader bodies;
    private final Today today;

    WebConfiguration(TargetResolver targets, BodyReader bodies, Today today) {
        this.targets = targets;
        this.bodies = bodies;
        this.today = today;
    }

    @Bean
    JsonMapperBuilderCustomizer plainNumbers() {
        return json -> json.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);
    }

    /** Paths and headers that Tomcat refuses itself. */
    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
        return tomcat -> tomcat.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new TomcatProblems()));
    }

    /** Dates as facts have them, which a question means the last day of, or its end; and instants as RFC 3339 says. */
    @Override
    public void addFormatters(FormatterRegistry formatters) {
        formatters.addConverter(String.class, PartialDate.class, PartialDate::new);
        formatters.addConverter(String.class, LocalDate.class, text -> new PartialDate(text).latest());
        formatters.addConverter(
                String.class,
                Instant.class,
                text -> INSTANT.matcher(text).matches()
                        ? OffsetDateTime.parse(text).toInstant()
                        : today.end(new PartialDate(text).latest()));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(targets);
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(bodies);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParameters()).addPathPatterns(OURS);
        interceptors.addInterceptor(new Acceptable()).addPathPatterns(OURS);
    }
}
