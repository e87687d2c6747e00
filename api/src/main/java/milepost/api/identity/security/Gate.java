package milepost.api.identity.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import milepost.api.identity.Authority;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.PlanId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Stands before every endpoint, after it was found: so what is checked is what will run, however its path was written.
 * What is neither a method nor a file cannot say what it needs.
 */
@Component
class Gate implements HandlerInterceptor, WebMvcConfigurer {
    /** Endpoints of libraries, open to everybody: the reference, and what Tomcat shows of failures. */
    private static final List<String> OTHERS =
            List.of("/api", "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui/**", "/error");

    private final Authority authority;

    Gate(Authority authority) {
        this.authority = authority;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
                .addInterceptor(this)
                .order(Ordered.HIGHEST_PRECEDENCE)
                .addPathPatterns("/**")
                .excludePathPatterns(OTHERS);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var path = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        var asksOnly = path == null && request.getMethod().equals("OPTIONS"); // what a path does, not what it holds
        if (asksOnly || handler instanceof ResourceHttpRequestHandler) return true;
        var right = handler instanceof HandlerMethod method ? right(method) : null;
        authority.check(Identity.current(), right, plan(request, right), request.getMethod() + " " + path);
        return true;
    }

    private static @Nullable Right right(HandlerMethod method) {
        var onMethod = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Needs.class);
        if (onMethod != null) return onMethod.value();
        var onClass = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Needs.class);
        return onClass == null ? null : onClass.value();
    }

    /** By a parameter only where the right is held for some plans; one that no endpoint takes must not spoil a refusal. */
    private static @Nullable PlanId plan(HttpServletRequest request, @Nullable Right right) {
        var variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        var inPath = variables instanceof Map<?, ?> named ? named.get("plan") : null;
        if (inPath != null) return new PlanId(inPath.toString());
        var asked = right != null && right.ofPlan ? request.getParameter("plan") : null;
        return asked == null || asked.chars().anyMatch(Character::isISOControl) ? null : new PlanId(asked);
    }
}
