package milepost.api.http;

import java.util.Map;
import java.util.Set;
import milepost.event.Evidence;
import milepost.event.Money;
import milepost.event.Organisation;

/** An example of each body, by the name of its record; a test sends every one of them. */
final class Examples {
    /** Bodies that make something new. */
    static final Set<String> CREATING = Set.of("Opening", "Appointment", "Addition", "Scheduling", "Recording");

    static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("Opening", """
                    {"plan":"chiang-mai","city":"Chiang Mai","countryCode":"TH","from":"2024","to":"2030","on":"2024"}"""),
            Map.entry("PlanAmendment", """
                    {"to":"2030","on":"2024-05","reason":"Prolonged by the council"}"""),
            Map.entry("PlanStatusChange", """
                    {"status":"in-progress","on":"2019-01","reason":"The first works have begun"}"""),
            Map.entry("PlanReport", """
                    {"health":"on-track","on":"2024-06","title":"Half-year report","narrative":"Both projects are on track."}"""),
            Map.entry("Appointment", """
                    {"officer":"jane-doe","role":"csco","name":"Jane Doe","designation":"Deputy Mayor","on":"2024-01"}"""),
            Map.entry("Relief", """
                    {"on":"2025-01","reason":"Moved to another office"}"""),
            Map.entry("Retraction", """
                    {"version":17,"reason":"Recorded on the wrong milestone"}"""),
            Map.entry("Addition", """
                    {"project":"3","title":"Smart bus stops","focusAreas":["built-infrastructure"],"on":"2024"}"""),
            Map.entry("ProjectChange", """
                    {"title":"Smart stops for buses and boats","on":"2024-05"}"""),
            Map.entry("PhaseChange", """
                    {"phase":"preparation","on":"2024-02"}"""),
            Map.entry("ProjectReport", """
                    {"health":"at-risk","on":"2025-02","title":"Tender delayed","evidence":[{"url":"https://example.org/tender"}]}"""),
            Map.entry("Scheduling", """
                    {"milestone":"cctv-phase-2","project":"2","title":"CCTV phase 2 in service","due":"2025-06",
                     "weight":1,"on":"2024-03-01","evidence":[{"url":"https://example.org/cctv"}]}"""),
            Map.entry("Rescheduling", """
                    {"due":"2025-12","on":"2025-05","reason":"Cameras arrive late"}"""),
            Map.entry("Settling", """
                    {"on":"2025-11-20","evidence":[{"url":"https://example.org/cctv"}]}"""),
            Map.entry("PartSettling", """
                    {"share":0.5,"on":"2025-09"}"""),
            Map.entry("MilestoneAmendment", """
                    {"title":"CCTV phase 2 in service in all districts","weight":2,"reason":"It covers two districts, not one"}"""),
            Map.entry("Recording", """
                    {"partnership":"dell","project":"1","title":"Data platform with Dell","status":"agreed","on":"2018",
                     "organisations":[{"name":"Dell","countryCode":"US","kind":"private-sector"}]}"""),
            Map.entry("PartnershipStatusChange", """
                    {"status":"concluded","on":"2024","reason":"The platform was handed over"}"""),
            Map.entry("PartnershipAmendment", """
                    {"amount":{"amount":1200000,"currency":"USD"},"on":"2020","reason":"Extended by a year"}"""));

    /** An example of what stands within bodies. */
    static final Map<Class<?>, String> PARTS = Map.of(
            Money.class, "{\"amount\": 1000000, \"currency\": \"THB\"}",
            Evidence.class, "{\"url\": \"https://example.org/cctv\"}",
            Organisation.class, "{\"name\": \"Dell\", \"countryCode\": \"US\", \"kind\": \"private-sector\"}");

    private Examples() {}
}
