package milepost.api.http;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import milepost.command.Guess;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that an endpoint does not know: a misspelt one would quietly answer another question. One that is
 * missing is named beside them, so that a request fails with the same words alone and among others.
 */
class KnownParameters implements HandlerInterceptor {
    /** @param required what it is, if it has to be there */
    private record Known(@Nullable String required) {
        static Known of(boolean required, @Nullable Parameter said) {
            if (!required) return new Known(null);
            return new Known(said == null || said.description().isEmpty() ? "" : ": " + said.description());
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) return true;
        var known = known(method);
        var given = request.getParameterMap();
        var bad = new ArrayList<Field>();
        given.forEach((name, values) -> {
            if (!known.containsKey(name)) bad.add(new Field(name, unknown(name, known)));
            else if (values.length > 1) bad.add(new Field(name, "is given more than once; give it once"));
            else if (values[0].chars().anyMatch(Character::isISOControl))
                bad.add(new Field(name, "must not have control characters"));
        });
        known.forEach((name, parameter) -> {
            if (parameter.required != null && !given.containsKey(name))
                bad.add(new Field(name, "is required" + parameter.required));
        });
        if (!bad.isEmpty()) throw new Malformed("Some parameters cannot be taken as they are.", bad);
        return true;
    }

    private static String unknown(String name, Map<String, Known> known) {
        if (known.isEmpty()) return "is not known here: no parameter is taken";
        return "is not known here; known are: " + String.join(", ", known.keySet()) + Guess.of(name, known.keySet());
    }

    private static Map<String, Known> known(HandlerMethod method) {
        var known = new TreeMap<String, Known>();
        for (var parameter : method.getMethodParameters()) add(parameter, known);
        return known;
    }

    private static void add(MethodParameter parameter, Map<String, Known> known) {
        var single = parameter.getParameterAnnotation(RequestParam.class);
        if (single != null) {
            var name = String.valueOf(parameter.getParameter().getName());
            known.put(name, Known.of(single.required(), parameter.getParameterAnnotation(Parameter.class)));
        }
        if (!parameter.hasParameterAnnotation(ParameterObject.class)) return;
        Arrays.stream(parameter.getParameterType().getRecordComponents()).forEach(component -> {
            var said = component.getAccessor().getAnnotation(Parameter.class);
            known.put(component.getName(), Known.of(said != null && said.required(), said));
        });
    }
}
