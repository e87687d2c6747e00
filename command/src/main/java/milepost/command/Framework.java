package milepost.command;

import java.util.Set;

/** The ASEAN Smart Cities Framework (2018, paragraphs 13 to 18), as far as rules need it. */
public final class Framework {
    public static final Set<String> FOCUS_AREAS = Set.of(
            "civic-and-social",
            "health-and-well-being",
            "safety-and-security",
            "quality-environment",
            "built-infrastructure",
            "industry-and-innovation");

    private Framework() {}
}
