package milepost.command;

import java.util.Set;

/** The network's own documents that evidence may name, as far as rules need them: those of {@code documents.csv}. */
public final class NetworkDocuments {
    /** What evidence begins with that names one of them. */
    public static final String SCHEME = "document:";

    public static final Set<String> IDS = Set.of(
            "000_d959a7cc49d5b4ed.txt",
            "001_b33f537ef8695674.txt",
            "002_4e93c7b00ce8b12d.txt",
            "003_5c637c38154b7771.txt",
            "004_fb2e3961ae387eb7.txt",
            "ascn-concept-note",
            "ascn-consolidated-scaps",
            "ascn-2019-report",
            "ascn-me-report-2022",
            "ascn-me-report-2023",
            "ascn-me-report-2024",
            "ascn-me-report-2025");

    private NetworkDocuments() {}
}
