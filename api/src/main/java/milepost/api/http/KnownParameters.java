package milepost.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import milepost.command.Rejected.Field;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses parameters that an endpoint does not know: a misspelt one would quietly answer another question. */
class KnownParameters implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) return true;
        var known = known(method);
        var unknown = request.getParameterMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Field(
                        name,
                        known.isEmpty()
                                ? "is not known here: this takes no parameters"
                                : "is not known here; known are " + String.join(", ", known)))
                .toList();
        if (!unknown.isEmpty()) throw new Malformed("Some parameters are not known here.", unknown);
        var twice = request.getParameterMap().entrySet().stream()
                .filter(parameter -> parameter.getValue().length > 1)
                .map(parameter -> new Field(parameter.getKey(), "is given more than once"))
                .toList();
        if (!twice.isEmpty()) throw new Malformed("Some parameters are given more than once.", twice);
        var unreadable = request.getParameterMap().entrySet().stream()
                .filter(parameter -> parameter.getValue()[0].chars().anyMatch(Character::isISOControl))
                .map(parameter -> new Field(parameter.getKey(), "must not have control characters"))
                .toList();
        if (!unreadable.isEmpty()) throw new Malformed("Some parameters cannot be read.", unreadable);
        return true;
    }

    private static Set<String> known(HandlerMethod method) {
        var known = new TreeSet<String>();
        for (var parameter : method.getMethodParameters()) known.addAll(names(parameter));
        return known;
    }

    private static List<String> names(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(RequestParam.class)) {
            return List.of(String.valueOf(parameter.getParameter().getName()));
        }
        if (!parameter.hasParameterAnnotation(ParameterObject.class)) return List.of();
        return Arrays.stream(parameter.getParameterType().getRecordComponents())
                .map(component -> component.getName())
                .toList();
    }
}
