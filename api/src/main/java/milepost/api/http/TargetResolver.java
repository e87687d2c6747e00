package milepost.api.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import milepost.command.Rejected.Field;
import milepost.command.Target;
import milepost.event.PlanId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/** Reads the plan in the path and the version in {@code If-Match} into a target. */
@Component
public class TargetResolver implements HandlerMethodArgumentResolver {
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})(?:-[0-9a-f]{1,64})?\"");

    private final Today today;

    TargetResolver(Today today) {
        this.today = today;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Target.class);
    }

    @Override
    public Target resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var path = (Map<?, ?>) Objects.requireNonNull(
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST));
        var plan = path.get("plan");
        return today.target(
                new PlanId(plan == null ? "" : plan.toString()), version(request.getHeader(HttpHeaders.IF_MATCH)));
    }

    private static @Nullable Long version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) return null;
        var tags = Arrays.stream(ifMatch.split(",", -1))
                .map(String::strip)
                .distinct()
                .toList();
        var etag = ETAG.matcher(tags.getFirst());
        if (tags.size() == 1 && etag.matches()) return Long.valueOf(etag.group(1));
        throw new Malformed(
                "The header If-Match names one version, as ETag gives it.",
                List.of(
                        new Field(
                                "If-Match",
                                "must be one version in quotes, such as \"17\", or an ETag that begins with it, such as \"17-5f3e…\"")));
    }
}
