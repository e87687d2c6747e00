package milepost.api.identity;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** What Spring has mapped at both ports; a bean of the node that is looked at. */
class Mapped {
    private static final String OURS = "milepost.";
    private static final String ACTUATOR = "org.springframework.boot.webmvc.actuate.endpoint.web.";

    private final Collection<ApplicationContext> ports = new ConcurrentLinkedQueue<>();

    @EventListener
    void started(ServletWebServerInitializedEvent event) {
        ports.add(event.getApplicationContext());
    }

    /** As {@code GET /api/plans/{plan}}. */
    Set<String> ours() {
        return methods()
                .filter(entry -> isIn(OURS, entry))
                .flatMap(Mapped::names)
                .collect(toSet());
    }

    /** The endpoints of Actuator, as {@code GET /actuator/health/**}. */
    Set<String> actuator() {
        return methods()
                .filter(entry -> isIn(ACTUATOR, entry))
                .flatMap(Mapped::names)
                .collect(toSet());
    }

    /** Classes of any other endpoints. */
    Set<String> others() {
        return methods()
                .filter(entry -> !isIn(OURS, entry) && !isIn(ACTUATOR, entry))
                .map(entry -> entry.getValue().getBeanType().getSimpleName())
                .collect(toSet());
    }

    /** Whatever is neither a method nor a file. */
    Set<String> odd() {
        return mappings().flatMap(Mapped::odd).collect(toSet());
    }

    private static Stream<String> odd(HandlerMapping mapping) {
        return switch (mapping) {
            case RequestMappingInfoHandlerMapping methods -> Stream.of();
            case AbstractUrlHandlerMapping urls ->
                Stream.concat(Stream.ofNullable(urls.getRootHandler()), urls.getHandlerMap().values().stream())
                        .filter(handler -> !(handler instanceof ResourceHttpRequestHandler))
                        .map(Object::toString);
            case RouterFunctionMapping routes ->
                routes.getRouterFunction() == null ? Stream.of() : Stream.of(routes.toString());
            default -> Stream.of(mapping.getClass().getSimpleName());
        };
    }

    private Stream<Map.Entry<RequestMappingInfo, HandlerMethod>> methods() {
        return mappings()
                .filter(RequestMappingInfoHandlerMapping.class::isInstance)
                .flatMap(mapping ->
                        ((RequestMappingInfoHandlerMapping) mapping).getHandlerMethods().entrySet().stream());
    }

    private Stream<HandlerMapping> mappings() {
        return ports.stream().flatMap(port -> port.getBeansOfType(HandlerMapping.class).values().stream());
    }

    private static boolean isIn(String packages, Map.Entry<RequestMappingInfo, HandlerMethod> entry) {
        return entry.getValue().getBeanType().getName().startsWith(packages);
    }

    private static Stream<String> names(Map.Entry<RequestMappingInfo, HandlerMethod> entry) {
        var info = entry.getKey();
        var methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .flatMap(path -> methods.isEmpty()
                        ? Stream.of("any " + path)
                        : methods.stream().map(method -> method + " " + path));
    }
}
