package milepost.api.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.query.metric.Metric;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Counts commands by how they are answered, in front of everything: also what failed before there was a command, because
 * the database could not say whose token it is. Each class is there from the start, or its first failure would be no growth.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class CommandAnswers extends OncePerRequestFilter {
    private static final String COMMANDS = "/api/plans";
    private static final Set<Integer> NOT_LET_IN =
            Set.of(HttpStatus.UNAUTHORIZED.value(), HttpStatus.TOO_MANY_REQUESTS.value());

    private final Map<HttpStatus.Series, Counter> answers;

    CommandAnswers(MeterRegistry meters) {
        answers = Stream.of(
                        HttpStatus.Series.SUCCESSFUL, HttpStatus.Series.CLIENT_ERROR, HttpStatus.Series.SERVER_ERROR)
                .collect(Collectors.toUnmodifiableMap(
                        series -> series, series -> Metric.COMMAND_ANSWERS.counter(meters, series.value() + "xx")));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals(HttpMethod.POST.name())
                || !ServletRequestPathUtils.parse(request)
                        .pathWithinApplication()
                        .value()
                        .startsWith(COMMANDS);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var status = HttpStatus.INTERNAL_SERVER_ERROR.value();
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            count(status);
        }
    }

    private void count(int status) {
        var answer = answers.get(HttpStatus.Series.resolve(status));
        if (answer != null && !NOT_LET_IN.contains(status)) answer.increment();
    }
}
