package milepost.event;

import static java.util.stream.Collectors.toMap;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.json.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is stored reads back for ever: an approved file changes only for a reason, and brings its upcaster. */
class EventContractTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Map<String, Event> FIRST_OF_ITS_KIND = Story.story().stream()
            .collect(toMap(fact -> EventTypes.name(fact.getClass()), fact -> fact, (first, next) -> first));

    static Stream<String> kinds() {
        return EventTypes.all().keySet().stream().sorted();
    }

    static Stream<Event> facts() {
        return Story.story().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_kind_of_fact_is_written_as_approved_and_read_back_equal(String kind) throws IOException {
        var fact = FIRST_OF_ITS_KIND.get(kind);
        assertThat(fact).as("Story tells of no " + kind).isNotNull();
        var written = EventJson.write(Objects.requireNonNull(fact));
        var approved = approved(kind, written);
        assertThat(written).isEqualTo(approved);
        assertThat(EventJson.read(kind, approved)).isEqualTo(fact);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void every_fact_of_the_story_reads_back_equal_and_names_nothing_twice(Event fact) {
        var written = EventJson.write(fact);
        assertThat(EventJson.read(EventTypes.name(fact.getClass()), written)).isEqualTo(fact);
        assertThat(STRICT.readTree(written).isObject()).isTrue();
    }

    /** {@code MilestoneMet.json}, and {@code MilestoneMet-1.json} where an older form of it was stored before. */
    static List<Path> approvedFiles() throws IOException, URISyntaxException {
        var approved = Objects.requireNonNull(EventContractTest.class.getResource("/approved"));
        try (var files = Files.list(Path.of(approved.toURI()))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("approvedFiles")
    void whatever_was_approved_once_still_reads(Path approved) throws IOException {
        var kind = approved.getFileName().toString().replaceFirst("(-\\d+)?\\.json$", "");
        assertThat(EventJson.read(kind, Files.readString(approved)).plan()).isEqualTo(Story.PLAN);
    }

    @Test
    void a_fact_is_stored_under_its_simple_name() {
        assertThat(EventTypes.all())
                .containsEntry("MilestoneMet", MilestoneMet.class)
                .containsEntry("FactRetracted", FactRetracted.class);
        assertThat(EventTypes.type("MilestoneMet")).isEqualTo(MilestoneMet.class);
        assertThat(EventTypes.type("milepost.event.MilestoneEvent$MilestoneMet"))
                .isNull();
    }

    @Test
    void details_absent_in_old_json_are_empty_and_reported() {
        assertThat(EventJson.read("MilestoneMet", """
                {"plan":"lakeside","on":"2022-11-30","milestone":"buses"}"""))
                .isEqualTo(new MilestoneMet(BUSES_MET.plan(), on("2022-11-30"), BUSES_MET.milestone(), Details.NONE));
    }

    @Test
    void lists_and_basis_written_as_null_are_empty_and_reported() {
        var read = (MilestoneMet) EventJson.read("MilestoneMet", """
                {"plan":"lakeside","on":"2022","milestone":"buses","organisations":null,"evidence":null,"basis":null}""");
        assertThat(read.details()).isEqualTo(Details.NONE);
    }

    @Test
    void a_component_absent_in_old_json_is_absent() {
        var opened = (PlanOpened) EventJson.read("PlanOpened", """
                {"plan":"lakeside","on":"2018","city":"Lakeside","countryCode":"TH","from":"2018","to":"2025"}""");
        assertThat(opened.profile().slug()).isEqualTo("lakeside");
        assertThat(opened.profile())
                .isEqualTo(new CityProfile("Lakeside", null, null, "TH", null, null, null, null, null));
        var scheduled = (MilestoneScheduled) EventJson.read("MilestoneScheduled", """
                {"plan":"lakeside","on":"2019","milestone":"ferry","weight":1,"title":"Ferry"}""");
        assertThat(scheduled.due()).isNull();
        assertThat(scheduled.project()).isNull();
    }

    @Test
    void what_a_newer_version_wrote_besides_is_passed_over() {
        assertThat(EventJson.read("FactRetracted", """
                {"plan":"lakeside","version":23,"reason":"wrong","mood":"sorry"}""")).isEqualTo(new FactRetracted(Story.PLAN, 23, "wrong"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1200000.50", "0.1", "12345678901234567890", "0.00"})
    void an_amount_is_kept_as_it_was_given(String amount) {
        var read = (PartnershipRecorded) EventJson.read("PartnershipRecorded", """
                {"plan":"lakeside","on":"2019","partnership":"maker","status":"agreed",
                 "amount":{"amount":%s,"currency":"USD"},"title":"Buses"}""".formatted(amount));
        assertThat(Objects.requireNonNull(read.amount()).amount()).isEqualTo(amount);
        assertThat(EventJson.write(read)).contains("\"amount\":{\"amount\":" + amount + ",\"currency\":\"USD\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MilestoneCelebrated", "milestoneMet", "MilestoneEvent", "Happening", "Story", ""})
    void a_fact_nobody_knows_is_unreadable_by_name(String type) {
        assertThatThrownBy(() -> EventJson.read(type, "{\"plan\":\"lakeside\"}"))
                .isInstanceOf(EventJson.Unreadable.class)
                .hasMessageContaining("'" + type + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"buses\"",
                "{}",
                "{\"plan\":\"lakeside\",\"milestone\":\"buses\"}",
                "{\"plan\":\"lakeside\",\"on\":\"2018-13\",\"milestone\":\"buses\"}",
                "{\"plan\":\"lakeside\",\"on\":\"2018\",\"milestone\":\"buses\",\"basis\":\"rumoured\"}",
                "{\"plan\":\"lakeside\",\"on\":\"2018\",\"milestone\":\"buses\"} {}",
            })
    void json_that_is_no_such_fact_is_unreadable(String payload) {
        assertThatThrownBy(() -> EventJson.read("MilestoneMet", payload))
                .isInstanceOf(EventJson.Unreadable.class)
                .hasMessageContaining("MilestoneMet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"by":{"subject":"u-17","role":"csco","organisation":"Lakeside","client":"c-1"}} | u-17      | csco | Lakeside | c-1
            {"by":{"subject":"u-17","role":"csco","organisation":"Lakeside"}}                | u-17      | csco | Lakeside |
            {"by":{"subject":"anonymous","role":null,"organisation":null}}                   | anonymous |      |          |
            {"by":{"subject":"u-17"}}                                                        | u-17      |      |          |
            {"traceId":"x"}                                                                  | anonymous |      |          |
            {}                                                                               | anonymous |      |          |
            """)
    void the_author_stands_in_the_metadata(
            String metadata, String subject, String role, String organisation, String client) {
        assertThat(EventJson.author(metadata)).isEqualTo(new Author(subject, role, organisation, client));
    }

    private static String approved(String kind, String written) throws IOException {
        try (var file = EventContractTest.class.getResourceAsStream("/approved/" + kind + ".json")) {
            assertThat(file)
                    .as("%s has no approved file; after review store this as approved/%s.json: %s", kind, kind, written)
                    .isNotNull();
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
