package milepost.api.http;

import java.util.Map;
import java.util.Set;
import milepost.event.Evidence;
import milepost.event.Money;
import milepost.event.Organisation;

/** An example of each body, by the name of its record: of a plan that there is not, so that what is tried changes no city's. */
final class Examples {
    /** Bodies that make something new. */
    static final Set<String> CREATING = Set.of("Opening", "Appointment", "Addition", "Scheduling", "Recording");

    static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("Opening", """
                    {"plan":"lakeside","city":"Lakeside","countryCode":"TH","from":"2024","to":"2030","on":"2024"}"""),
            Map.entry("PlanAmendment", """
                    {"to":"2031","on":"2024-05","reason":"Prolonged by the council"}"""),
            Map.entry("PlanStatusChange", """
                    {"status":"in-progress","on":"2024-06","reason":"The first works have begun"}"""),
            Map.entry("PlanReport", """
                    {"health":"on-track","on":"2024-06","title":"Half-year report","narrative":"Both projects are on track."}"""),
            Map.entry("Appointment", """
                    {"officer":"jane-doe","role":"csco","name":"Jane Doe","designation":"Deputy Mayor","on":"2024-01"}"""),
            Map.entry("Relief", """
                    {"on":"2025-01","reason":"Moved to another office"}"""),
            Map.entry("Retraction", """
                    {"version":2,"reason":"Recorded on the wrong plan"}"""),
            Map.entry("Addition", """
                    {"project":"1","title":"Smart bus stops","focusAreas":["built-infrastructure"],"on":"2024"}"""),
            Map.entry("Renaming", """
                    {"title":"Smart stops for buses and boats","on":"2024-05"}"""),
            Map.entry("ProjectWithdrawal", """
                    {"on":"2026-01","reason":"The buses stop elsewhere"}"""),
            Map.entry("PhaseChange", """
                    {"phase":"preparation","on":"2024-02"}"""),
            Map.entry("ProjectReport", """
                    {"health":"at-risk","on":"2025-02","title":"Tender delayed","evidence":[{"url":"https://example.org/tender"}]}"""),
            Map.entry("Scheduling", """
                    {"milestone":"cctv-phase-2","project":"1","title":"CCTV phase 2 in service","due":"2025-06",
                     "weight":1,"on":"2024-03-01","evidence":[{"url":"https://example.org/cctv"}]}"""),
            Map.entry("Rescheduling", """
                    {"due":"2025-12","on":"2025-05","reason":"Cameras arrive late"}"""),
            Map.entry("Settling", """
                    {"on":"2025-11-20","evidence":[{"url":"https://example.org/cctv"}]}"""),
            Map.entry("MilestoneWithdrawal", """
                    {"on":"2025-09","reason":"The cameras go to the next plan"}"""),
            Map.entry("PartSettling", """
                    {"share":0.5,"on":"2025-09"}"""),
            Map.entry("MilestoneAmendment", """
                    {"title":"CCTV phase 2 in service in all districts","weight":2,"reason":"It covers two districts, not one"}"""),
            Map.entry("Recording", """
                    {"partnership":"dell","project":"1","title":"Data platform with Dell","status":"agreed","on":"2024",
                     "organisations":[{"name":"Dell","countryCode":"US","kind":"private-sector"}]}"""),
            Map.entry("PartnershipStatusChange", """
                    {"status":"concluded","on":"2025","reason":"The platform was handed over"}"""),
            Map.entry("PartnershipAmendment", """
                    {"amount":{"amount":1200000,"currency":"USD"},"on":"2025","reason":"Extended by a year"}"""),
            Map.entry("AccountOpening", """
                    {"username":"example-officer","name":"Jane Doe","role":"csco","cities":["lakeside"],
                     "organisation":"City of Lakeside"}"""),
            Map.entry("Appointing", """
                    {"role":"national-representative","country":"TH","organisation":"Ministry of Interior"}"""),
            Map.entry("Confirmation", "{}"),
            Map.entry("PasswordChange", """
                    {"current":"the one before this","changed":"four words or a few more"}"""),
            Map.entry("NewClient", """
                    {"name":"nightly import"}"""),
            Map.entry("Revocation", "{}"),
            Map.entry("Erasure", "{}"));

    /** Examples of answers that are not made of described fields, by operation. */
    static final Map<String, String> TEXTS = Map.of(
            "readFramework", """
                    {"title":"ASEAN Smart Cities Framework"}
                    """,
            "readCheckpoint", """
                    example.org/milepost
                    412
                    47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

                    — example.org/milepost 1ouzHq6tGNg=
                    """,
            "listLogKeys", """
                    example.org/milepost+d68bb31e+AYxV0zVx8mpm
                    """,
            "certifyFact", """
                    c2sp.org/tlog-proof@v1
                    extra eyJwb3NpdGlvbiI6NDEyfQ==
                    index 411
                    47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

                    example.org/milepost
                    412
                    47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

                    — example.org/milepost 1ouzHq6tGNg=
                    """,
            "readMetricHistory", """
                    # TYPE milepost:plan_progress:ratio gauge
                    milepost:plan_progress:ratio{plan="lakeside",city="Lakeside",country="Thailand"} 0.5 1767225600
                    # EOF
                    """);

    /** An example of what stands within bodies. */
    static final Map<Class<?>, String> PARTS = Map.of(
            Money.class, "{\"amount\": 1000000, \"currency\": \"THB\"}",
            Evidence.class, "{\"url\": \"https://example.org/cctv\"}",
            Organisation.class, "{\"name\": \"Dell\", \"countryCode\": \"US\", \"kind\": \"private-sector\"}");

    private Examples() {}
}
