package milepost.api.start;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes what people give byte for byte, in the environment and in the files of a configtree: a password may have in it
 * what Spring would fill in. It runs once the files are found, since {@code SPRING_CONFIG_IMPORT} may name a variable.
 */
final class Verbatim implements EnvironmentPostProcessor, Ordered {
    private static final String ENVIRONMENT = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var sources = environment.getPropertySources();
        for (var source : sources) {
            if (source instanceof SystemEnvironmentPropertySource variables
                    && source.getName().equals(ENVIRONMENT))
                sources.replace(ENVIRONMENT, new SystemEnvironmentPropertySource(ENVIRONMENT, literals(variables)));
            if (source instanceof ConfigTreePropertySource files)
                sources.replace(files.getName(), new MapPropertySource(files.getName(), literals(files)));
        }
    }

    private static Map<String, Object> literals(EnumerablePropertySource<?> source) {
        var literals = new HashMap<String, Object>();
        for (var name : source.getPropertyNames()) {
            var given = String.valueOf(source.getProperty(name));
            if (given.indexOf('\uFFFD') >= 0 && name.startsWith("MILEPOST_")) throw unreadable(name);
            literals.put(name, literal(given));
        }
        return literals;
    }

    /** Java has put a mark for each byte that its locale has no letter for. */
    private static StartFailure unreadable(String name) {
        return new StartFailure(
                name + " has letters that cannot be read in this locale",
                "Set LC_ALL=C.UTF-8 for Milepost, or give the value as a file (SPRING_CONFIG_IMPORT, ops/OPERATE.md)");
    }

    /** Spring drops a backslash before what it would fill in, and only there. */
    static String literal(String given) {
        var literal = new StringBuilder();
        for (int i = 0; i < given.length(); i++) {
            if (given.startsWith("${", i) && isClosed(given, i + 2)) literal.append('\\');
            literal.append(given.charAt(i));
        }
        return literal.toString();
    }

    private static boolean isClosed(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length() && open > 0; i++) {
            if (text.charAt(i) == '{') open++;
            if (text.charAt(i) == '}') open--;
        }
        return open == 0;
    }
}
