package milepost.event;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stored name of each fact: its simple name, so that packages may move. */
public final class EventTypes {
    private static final Map<String, Class<? extends Event>> BY_NAME =
            leaves(Event.class).collect(Collectors.toUnmodifiableMap(EventTypes::name, Function.identity()));

    private EventTypes() {}

    public static String name(Class<? extends Event> type) {
        return type.getSimpleName();
    }

    public static @Nullable Class<? extends Event> type(String name) {
        return BY_NAME.get(name);
    }

    /** All kinds of facts there are, by name. */
    public static Map<String, Class<? extends Event>> all() {
        return BY_NAME;
    }

    private static Stream<Class<? extends Event>> leaves(Class<?> type) {
        if (!type.isSealed()) return Stream.of(type.asSubclass(Event.class));
        return Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::leaves);
    }
}
