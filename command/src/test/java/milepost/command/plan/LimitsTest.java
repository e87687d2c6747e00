package milepost.command.plan;

import static milepost.event.Story.BUSES;
import static milepost.event.Story.COACHWORKS;
import static milepost.event.Story.LATEST;
import static milepost.event.Story.MAKER;
import static milepost.event.Story.NEWS;
import static milepost.event.Story.OFFICER;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROFILE;
import static milepost.event.Story.SURVEY;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.because;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import milepost.command.Framework;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.command.Target;
import milepost.event.Basis;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.Evidence;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneId;
import milepost.event.Money;
import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.Organisation;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final String EMOJI = "🚌";

    static Stream<Arguments> bounds() {
        return Stream.of(
                bound("plan", plan("a".repeat(64)), plan("a".repeat(65))),
                bound("plan", plan("lake-side-2"), plan("")),
                bound("project", project("a".repeat(64)), project("a".repeat(65))),
                bound("milestone", milestone("a".repeat(64)), milestone("a".repeat(65))),
                bound("milestone", logged("a".repeat(64), 1), logged("a".repeat(65), 1)),
                bound("partnership", partnership("a".repeat(64)), partnership("a".repeat(65))),
                bound("officer", officer("a".repeat(64), "Somchai"), officer("a".repeat(65), "Somchai")),
                bound("name", officer("csco", "a".repeat(200)), officer("csco", "a".repeat(201))),
                bound("designation", designated("a".repeat(200)), designated("a".repeat(201))),
                bound("city", city("a".repeat(200), null), city("a".repeat(201), null)),
                bound("country", city("Lakeside", "Thailand"), city("Lakeside", "a".repeat(201))),
                bound("country", city("Lakeside", "thailand"), city("Lakeside", "Lao PDR")),
                bound("title", reported(titled("a".repeat(200))), reported(titled("a".repeat(201)))),
                bound("title", named("a".repeat(200)), named("a".repeat(201))),
                bound("title", named(EMOJI.repeat(200)), named(EMOJI.repeat(201))),
                bound("narrative", narrated("a".repeat(5000)), narrated("a".repeat(5001))),
                bound("reason", reasoned("a".repeat(1000)), reasoned("a".repeat(1001))),
                bound("reason", retracted(1, "a".repeat(1000)), retracted(1, "a".repeat(1001))),
                bound("version", retracted(1, "wrong"), retracted(0, "wrong")),
                bound("organisations", involved(50, COACHWORKS), involved(51, COACHWORKS)),
                bound("organisations[0].name", involved("a".repeat(200), "TH"), involved("a".repeat(201), "TH")),
                bound("evidence", evident(50, NEWS), evident(51, NEWS)),
                bound(
                        "evidence[0].url",
                        link("https://example.org/" + "a".repeat(1980)),
                        link("https://example.org/" + "a".repeat(1981))),
                bound("weight", weighing(1), weighing(0)),
                bound("weight", weighing(1000), weighing(1001)),
                bound("weight", logged("survey", 1000), logged("survey", 1001)),
                bound("weight", logged("survey", 1), logged("survey", -1)),
                bound("share", share("0.0001"), share("0")),
                bound("share", share("0.9999"), share("1")),
                bound("share", share("0.0001"), share("0.00001")),
                bound("share", share("0.5"), share("-0.5")),
                bound("amount.amount", amount("0"), amount("-0.01")),
                bound("amount.amount", amount("9".repeat(20)), amount("9".repeat(21))),
                bound("amount.amount", amount("9".repeat(16) + ".9999"), amount("9".repeat(17) + ".9999")),
                bound("amount.amount", amount("0.0001"), amount("0.00001")),
                bound("amount.amount", amount("1E+19"), amount("1E+20")),
                bound("populationDensity", density(0), density(-0.1)),
                bound("populationDensity", density(1e6), density(1e6 + 1)),
                bound("populationDensity", density(4179), density(Double.NaN)),
                bound("gdpPerCapita", gdp(0), gdp(-1)),
                bound("gdpPerCapita", gdp(1e9), gdp(Double.POSITIVE_INFINITY)),
                bound("latitude", place(90, 0), place(90.1, 0)),
                bound("latitude", place(-90, 0), place(-90.1, 0)),
                bound("longitude", place(0, 180), place(0, 180.1)),
                bound("longitude", place(0, -180), place(0, -180.1)),
                bound("to", period("2018", "2018"), period("2018", "2017")),
                bound("to", period("2018-06", "2018"), period("2018-06", "2018-05-31")),
                bound("on", onDay("2026-11-20"), onDay("2026-11-21")),
                bound("on", onDay("2026-11"), onDay("2026-12")),
                bound("on", onDay("2026"), onDay("2027")),
                bound("on", missed("2026-11-20"), missed("2026-11-21")),
                bound("on", missed("2026-10"), missed("2026-11")),
                bound("on", missed("2025"), missed("2026")));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("bounds")
    void a_value_on_the_bound_passes_and_one_beyond_is_named(String field, Command inside, Command outside) {
        assertThat(inside.outOfBounds()).isEmpty();
        assertThat(fields(outside)).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Lakeside", "lake_side", "lake side", "lake/side", "lakeside\n", "läkeside", "..", "%20"})
    void an_id_is_a_slug(String id) {
        assertThat(fields(plan(id))).containsExactly("plan");
        assertThat(fields(project(id))).containsExactly("project");
        assertThat(fields(milestone(id))).containsExactly("milestone");
        assertThat(fields(logged(id, 1))).containsExactly("milestone");
        assertThat(fields(partnership(id))).containsExactly("partnership");
        assertThat(fields(officer(id, "Somchai"))).containsExactly("officer");
        assertThat(fields(partnership("us-ascp", id, "USD"))).containsExactly("programme");
    }

    @Test
    void all_broken_fields_are_named_at_once_and_each_once() {
        var profile = new CityProfile(" ", null, "", "XX", null, -1.0, -1.0, 91.0, 181.0);
        var details = new Details(
                "a".repeat(201) + "\u0000",
                "",
                "\uD83D",
                List.of(new Organisation("", "XX", null), COACHWORKS),
                List.of(NEWS, new Evidence("javascript:alert(1)", "no hash")),
                Basis.REPORTED);
        var request = new Command(
                new Target(new PlanId("Lakeside"), null, TODAY),
                new PlanOpened(new PlanId("Lakeside"), on("2027"), profile, on("2025"), on("2018"), details));
        assertThat(fields(request))
                .containsExactlyInAnyOrder(
                        "plan",
                        "on",
                        "title",
                        "narrative",
                        "reason",
                        "organisations[0].name",
                        "organisations[0].countryCode",
                        "evidence[1].url",
                        "evidence[1].sha256",
                        "city",
                        "country",
                        "countryCode",
                        "populationDensity",
                        "gdpPerCapita",
                        "latitude",
                        "longitude",
                        "to");
        assertThat(request.outOfBounds())
                .allSatisfy(field -> assertThat(field.message()).isNotBlank());
    }

    @Test
    void the_refusal_carries_the_fields() {
        assertThatThrownBy(() -> Rules.decide(RulesTest.record(List.of(OPENED)), weighing(0)))
                .isInstanceOfSatisfying(Rejected.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_BOUNDS);
                    assertThat(refusal.fields())
                            .extracting(Rejected.Field::field)
                            .containsExactly("weight");
                });
    }

    static Stream<Arguments> reports() {
        return Stream.of(
                arguments(reported(null, Details.NONE), reported(Health.ON_TRACK, Details.NONE)),
                arguments(reported(null, titled("Half done")), narrated("Half of it is done.")),
                arguments(reported(null, evidence(List.of(NEWS))), reported(Health.DELAYED, evidence(List.of(NEWS)))),
                arguments(
                        reportedOfProject(null, because("it is June")),
                        reportedOfProject(Health.AT_RISK, Details.NONE)));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void a_report_says_something(Command empty, Command said) {
        assertThat(fields(empty)).containsExactly("narrative");
        assertThat(empty.outOfBounds().getFirst().message()).contains("health", "say how it stands");
        assertThat(said.outOfBounds()).isEmpty();
    }

    @Test
    void a_narrative_of_nothing_is_none() {
        assertThat(fields(reported(null, new Details(null, " \n", null, null, null, null))))
                .containsExactly("narrative");
    }

    @Test
    void a_request_of_every_kind_is_within_bounds() {
        assertThat(Requests.ofEveryKind())
                .allSatisfy(request -> assertThat(request.outOfBounds()).isEmpty());
    }

    static Stream<Command> tomorrow() {
        return Requests.of(on("2026-11-21"));
    }

    @ParameterizedTest
    @MethodSource("tomorrow")
    void nothing_happens_in_the_future(Command request) {
        assertThat(fields(request)).containsExactly(request.fact() instanceof MilestoneLogged ? "metOn" : "on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t ", "\u200b", "\u2060\u3000", "\u2068\u2069"})
    void a_text_that_says_nothing_is_left_out_instead(String text) {
        assertThat(fields(reported(titled(text)))).containsExactly("title");
        assertThat(fields(narrated(text))).containsExactly("narrative");
        assertThat(fields(reasoned(text))).containsExactly("reason");
        assertThat(fields(retracted(2, text))).containsExactly("reason");
        assertThat(fields(city(text, null))).containsExactly("city");
        assertThat(fields(officer("csco", text))).containsExactly("name");
        assertThat(fields(designated(text))).containsExactly("designation");
        assertThat(fields(involved(text, null))).containsExactly("organisations[0].name");
    }

    static Stream<Command> withoutTitle() {
        var partner = new Details(null, null, null, List.of(COACHWORKS), null, null);
        return Stream.of(
                new Command(
                        LATEST, new ProjectAdded(PLAN, on("2018"), TRANSIT, List.of("civic-and-social"), Details.NONE)),
                new Command(LATEST, new ProjectRenamed(PLAN, on("2018"), TRANSIT, Details.NONE)),
                new Command(LATEST, new MilestoneScheduled(PLAN, on("2018"), BUSES, null, null, 1, Details.NONE)),
                new Command(LATEST, new MilestoneLogged(PLAN, on("2018"), SURVEY, null, 1, Details.NONE)),
                new Command(
                        LATEST,
                        new PartnershipRecorded(
                                PLAN, on("2018"), MAKER, null, null, PartnershipStatus.AGREED, null, partner)));
    }

    @ParameterizedTest
    @MethodSource("withoutTitle")
    void what_a_plan_holds_has_a_title(Command request) {
        assertThat(fields(request)).containsExactly("title");
    }

    @Test
    void an_amendment_amends_something_within_the_same_bounds() {
        var partner = new Details(null, null, null, List.of(COACHWORKS), null, null);
        assertThat(fields(amendment(null, because("no reason to")))).containsExactly("title");
        assertThat(fields(amendment(null, titled("Buses")))).isEmpty();
        assertThat(fields(amendment(0, titled("\n")))).containsExactlyInAnyOrder("title", "weight");
        assertThat(fields(amendment(1_001, Details.NONE))).containsExactly("weight");
        assertThat(fields(amendment(1_000, Details.NONE))).isEmpty();
        assertThat(fields(new Command(
                        LATEST,
                        new PartnershipAmended(
                                PLAN, PartialDate.of(TODAY), MAKER, null, null, because("no reason to")))))
                .containsExactly("title");
        assertThat(fields(new Command(
                        LATEST, new PartnershipAmended(PLAN, PartialDate.of(TODAY), MAKER, null, null, partner))))
                .isEmpty();
        assertThat(fields(new Command(
                        LATEST,
                        new PartnershipAmended(
                                PLAN,
                                PartialDate.of(TODAY),
                                MAKER,
                                "Twinning",
                                new Money(BigDecimal.ONE.negate(), "BTC"),
                                Details.NONE))))
                .containsExactly("programme", "amount.amount", "amount.currency");
    }

    private static Command amendment(@Nullable Integer weight, Details details) {
        return new Command(LATEST, new MilestoneAmended(PLAN, PartialDate.of(TODAY), BUSES, null, weight, details));
    }

    @Test
    void a_partnership_has_partners() {
        assertThat(fields(new Command(
                        LATEST,
                        new PartnershipRecorded(
                                PLAN, on("2018"), MAKER, null, null, PartnershipStatus.AGREED, null, titled("Alone")))))
                .containsExactly("organisations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\u001b[31m", "\u007f", "\u0085", "\uD83D", "\uDE8C", "\uDE8C\uD83D"})
    void characters_that_are_no_text_are_refused(String character) {
        assertThat(fields(named("Buses" + character))).containsExactly("title");
        assertThat(fields(narrated("Buses" + character))).containsExactly("narrative");
        assertThat(fields(retracted(2, "wrong" + character))).containsExactly("reason");
        assertThat(fields(officer("csco", "Somchai" + character))).containsExactly("name");
        assertThat(fields(link("https://example.org/" + character))).containsExactly("evidence[0].url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"first line\nsecond line", "a\tb", "a\r\nb", "รถเมล์ไฟฟ้า", "🚌🚏", "Đà Nẵng", "“quoted” & <b>"})
    void everybodys_script_line_breaks_and_tabs_are_text(String text) {
        assertThat(narrated(text).outOfBounds()).isEmpty();
        assertThat(retracted(2, text).outOfBounds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org",
                "https://example.org:8443/news?id=1&page=2#top",
                "https://203.0.113.7/",
                "https://[2001:db8::1]/",
                "https://example.org/ข่าว",
                "https://example.org/a%20b",
                "https://เทศบาลนครภูเก็ต.ไทย/cctv",
                "https://ภูเก็ต。ไทย/",
                "https://xn--12c1fe0br.xn--o3cw4h/",
                "https://smart_city.example.go.th/a",
                "HTTPS://example.org/",
                "Http://EXAMPLE.org:80",
                "https://example.org/[depa]%20x.jpg",
                "https://example.org/a|b",
                "https://example.org/a b",
                "https://example.org/?q=[a]|{b}^`",
                "https://example.org/100%",
                "https://example.org/%zz#a#b",
                "https://example.org/<script>",
                "https://example.org\\a",
                "https:///news.example.org/a",
                "https:news.example.org",
                " https://example.org ",
                "https://ex%61mple.org/",
                "https://example.org./",
                "https://straße.example/",
                "https://example.org:",
                "https://example.org:065535/",
                "https://0x7f.1/",
                "https://example.org/@user",
                "https://example.org/?a=b@c",
                "document:001_b33f537ef8695674.txt"
            })
    void a_claim_can_be_seen_behind_a_link(String url) {
        assertThat(link(url).outOfBounds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "javascript://example.org/%0aalert(1)",
                "data:text/html,hello",
                "ftp://example.org/news",
                "file:///etc/passwd",
                "mailto:csco@example.org",
                "http://",
                "https:///",
                "https:",
                "https://user:password@example.org/",
                "https://user@example.org/",
                "https://@example.org/",
                "https://example.org:99999/",
                "https://example.org:65536/",
                "https://example.org:8o/",
                "https://example.org:-1/",
                "https://exa<mple.org/",
                "https://exa|mple.org/",
                "https://ex%00ample.org/",
                "https://ex%zzample.org/",
                "https://1.2.3.256/",
                "https://1.2.3.4.5/",
                "https://example.0x/",
                "https://[::1/",
                "https://[::g]/",
                "https://[example.org]/",
                "https://[::1]x/",
                "https://a..\u00ad/",
                "https://example.org/a\u202eb",
                "https://example.org/a\u200b",
                "//example.org/news",
                "example.org/news",
                "https://exam ple.org",
                "https://example.org/a\nb",
                "document:",
                "document:../../etc/passwd",
                "document:plan.pdf",
                "document:document:001_b33f537ef8695674.txt",
                "document:001_B33F537EF8695674.txt",
                "document:a b",
                "Document:a"
            })
    void other_links_are_refused(String url) {
        assertThat(fields(link(url))).containsExactly("evidence[0].url");
    }

    static Stream<Arguments> wrongLinks() {
        return Stream.of(
                arguments(
                        "https://user:password@example.org/",
                        "must not name a user before the @, since everybody may read it"),
                arguments("https://example.org:99999/", "has the port 99999; the largest is 65535"),
                arguments("https://example.org:8o/", "has the port '8o', which is no number"),
                arguments("ftp://example.org/news", "begins with 'ftp:'; give http:, https: or document:<id>"),
                arguments(
                        "example.org/news",
                        "must begin with https://, http:// or document:, such as https://example.org/cctv"),
                arguments("https:///", "names no host; give one, such as https://example.org/cctv"),
                arguments("https://exam ple.org/a", "has the host 'exam ple.org', in which U+0020 cannot be"),
                arguments("https://1.2.3.256/", "has the host '1.2.3.256', which is no address"),
                arguments("document:a b", "must be document:<id>, with an id that GET /api/documents lists"),
                arguments(
                        "document:ascn-me-report-2026",
                        "must be document:<id>, with an id that GET /api/documents lists; did you mean 'ascn-me-report-2022'?"));
    }

    @ParameterizedTest
    @MethodSource("wrongLinks")
    void a_refused_link_says_what_is_wrong_with_it(String url, String message) {
        assertThat(link(url).outOfBounds()).containsExactly(new Rejected.Field("evidence[0].url", message));
    }

    @Test
    void a_text_that_may_not_be_blank_is_not_advised_to_be_left_out() {
        assertThat(named(" ").outOfBounds())
                .containsExactly(new Rejected.Field("title", "must have something that can be seen"));
        assertThat(reported(titled(" ")).outOfBounds())
                .containsExactly(new Rejected.Field("title", "must have something that can be seen, or be left out"));
        assertThat(named("a\nb").outOfBounds())
                .containsExactly(new Rejected.Field("title", "must be on one line, without U+000A"));
        assertThat(named("a\u202eb").outOfBounds())
                .containsExactly(new Rejected.Field(
                        "title",
                        "must not have U+202E, which turns what follows around; U+2068 and U+2069 may enclose it"));
        assertThat(named("a".repeat(201)).outOfBounds())
                .containsExactly(new Rejected.Field("title", "must have at most 200 characters"));
    }

    static Stream<Arguments> hashes() {
        return Stream.of(
                bound("evidence[0].sha256", hash("0123456789abcdef".repeat(4)), hash("0123456789ABCDEF".repeat(4))),
                bound("evidence[0].sha256", hash("0".repeat(64)), hash("0".repeat(63))),
                bound("evidence[0].sha256", hash("f".repeat(64)), hash("g".repeat(64))),
                bound("evidence[0].sha256", hash("f".repeat(64)), hash("f".repeat(64) + "\n")),
                bound("evidence[0].sha256", hash("f".repeat(64)), hash("")));
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void a_hash_is_64_lower_case_hexadecimal_digits(String field, Command inside, Command outside) {
        assertThat(inside.outOfBounds()).isEmpty();
        assertThat(fields(outside)).containsExactly(field);
    }

    @Test
    void every_focus_area_of_the_framework_is_known() {
        assertThat(Framework.FOCUS_AREAS)
                .hasSize(6)
                .allSatisfy(area -> assertThat(focus(area).outOfBounds()).isEmpty());
        assertThat(focus(Framework.FOCUS_AREAS.toArray(String[]::new)).outOfBounds())
                .isEmpty();
    }

    static Stream<Command> badFocusAreas() {
        return Stream.of(
                focus(),
                focus("flying-cars"),
                focus("Civic-and-Social"),
                focus("civic-and-social", "flying-cars"),
                focus("civic-and-social", "civic-and-social"));
    }

    @ParameterizedTest
    @MethodSource("badFocusAreas")
    void other_focus_areas_none_and_twice_the_same_are_refused(Command request) {
        assertThat(fields(request)).containsExactly("focusAreas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "usd", "US", "USDT", "ZZZ", "฿"})
    void an_unknown_currency_is_refused(String currency) {
        assertThat(fields(partnership("maker", null, currency))).containsExactly("amount.currency");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "th", "THA", "ZZ", "UK", "Thailand"})
    void an_unknown_country_is_refused(String code) {
        var profile = new CityProfile("Lakeside", null, null, code, null, null, null, null, null);
        assertThat(fields(open(profile))).containsExactly("countryCode");
        assertThat(fields(involved("Coachworks", code))).containsExactly("organisations[0].countryCode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "VN", "TL"})
    void the_countries_of_the_network_are_known(String code) {
        assertThat(involved("Coachworks", code).outOfBounds()).isEmpty();
    }

    /** A plain number of more than 1,000 digits could be written but never be read again. */
    @ParameterizedTest
    @ValueSource(strings = {"1E+20", "1E+1000", "1E+9999", "1E+99999"})
    void an_amount_has_at_most_20_digits_however_it_is_written(String amount) {
        assertThat(fields(amount(amount))).containsExactly("amount.amount");
    }

    private static List<String> fields(Command request) {
        return request.outOfBounds().stream().map(Rejected.Field::field).toList();
    }

    private static Arguments bound(String field, Command inside, Command outside) {
        return arguments(field, inside, outside);
    }

    private static Command plan(String id) {
        return new Command(
                new Target(new PlanId(id), null, TODAY),
                new PlanStatusReported(new PlanId(id), on("2018"), Health.ON_TRACK, titled("Half done")));
    }

    private static Command project(String id) {
        return new Command(
                LATEST,
                new ProjectAdded(PLAN, on("2018"), new ProjectId(id), List.of("civic-and-social"), titled("Parks")));
    }

    private static Command named(String title) {
        return new Command(
                LATEST, new ProjectAdded(PLAN, on("2018"), TRANSIT, List.of("civic-and-social"), titled(title)));
    }

    private static Command focus(String... areas) {
        return new Command(LATEST, new ProjectAdded(PLAN, on("2018"), TRANSIT, List.of(areas), titled("Parks")));
    }

    private static Command milestone(String id) {
        return new Command(
                LATEST, new MilestoneScheduled(PLAN, on("2018"), new MilestoneId(id), null, null, 1, titled("Survey")));
    }

    private static Command weighing(int weight) {
        return new Command(
                LATEST, new MilestoneScheduled(PLAN, on("2018"), BUSES, null, null, weight, titled("Survey")));
    }

    private static Command logged(String id, int weight) {
        return new Command(
                LATEST, new MilestoneLogged(PLAN, on("2018"), new MilestoneId(id), null, weight, titled("Survey")));
    }

    private static Command share(String share) {
        return new Command(
                LATEST, new MilestonePartiallyMet(PLAN, on("2018"), BUSES, new BigDecimal(share), Details.NONE));
    }

    private static Command missed(String day) {
        return new Command(LATEST, new MilestoneNotMet(PLAN, on(day), BUSES, Details.NONE));
    }

    private static Command officer(String id, String name) {
        return new Command(
                LATEST,
                new OfficerAppointed(PLAN, on("2018"), new OfficerId(id), OfficerRole.CSCO, name, null, Details.NONE));
    }

    private static Command designated(String designation) {
        return new Command(
                LATEST,
                new OfficerAppointed(
                        PLAN,
                        on("2018"),
                        OFFICER,
                        OfficerRole.NATIONAL_REPRESENTATIVE,
                        "Somchai",
                        designation,
                        Details.NONE));
    }

    private static Command partnership(String id) {
        return partnership(id, null, "USD");
    }

    private static Command partnership(String id, @Nullable String programme, String currency) {
        return partnership(id, programme, new Money(BigDecimal.TEN, currency));
    }

    private static Command amount(String amount) {
        return partnership("maker", "smart-jamp", new Money(new BigDecimal(amount), "VND"));
    }

    private static Command partnership(String id, @Nullable String programme, Money money) {
        return new Command(
                LATEST,
                new PartnershipRecorded(
                        PLAN,
                        on("2018"),
                        new PartnershipId(id),
                        null,
                        programme,
                        PartnershipStatus.AGREED,
                        money,
                        new Details("Buses", null, null, List.of(COACHWORKS), null, null)));
    }

    private static Command retracted(long version, String reason) {
        return new Command(LATEST, new FactRetracted(PLAN, version, reason));
    }

    private static Command reported(Details details) {
        return new Command(LATEST, new PlanStatusReported(PLAN, on("2018"), Health.ON_TRACK, details));
    }

    private static Command reported(@Nullable Health health, Details details) {
        return new Command(LATEST, new PlanStatusReported(PLAN, on("2018"), health, details));
    }

    private static Command reportedOfProject(@Nullable Health health, Details details) {
        return new Command(LATEST, new ProjectStatusReported(PLAN, on("2018"), TRANSIT, health, details));
    }

    private static Command onDay(String day) {
        return new Command(LATEST, new PlanStatusReported(PLAN, on(day), Health.ON_TRACK, titled("Half done")));
    }

    private static Command narrated(String narrative) {
        return reported(new Details(null, narrative, null, null, null, null));
    }

    private static Command reasoned(String reason) {
        return reported(new Details(null, null, reason, null, null, null));
    }

    private static Command involved(int entries, Organisation organisation) {
        return reported(new Details(null, null, null, Collections.nCopies(entries, organisation), null, null));
    }

    private static Command involved(String name, @Nullable String countryCode) {
        return involved(1, new Organisation(name, countryCode, null));
    }

    private static Command evident(int entries, Evidence evidence) {
        return reported(evidence(Collections.nCopies(entries, evidence)));
    }

    private static Command link(String url) {
        return evident(1, new Evidence(url, null));
    }

    private static Command hash(String sha256) {
        return evident(1, new Evidence("https://example.org", sha256));
    }

    private static Details evidence(List<Evidence> evidence) {
        return new Details(null, null, null, null, evidence, null);
    }

    private static Command open(CityProfile profile) {
        return new Command(LATEST, new PlanOpened(PLAN, on("2018"), profile, on("2018"), on("2025"), Details.NONE));
    }

    private static Command period(String from, String to) {
        return new Command(LATEST, new PlanOpened(PLAN, on("2018"), PROFILE, on(from), on(to), Details.NONE));
    }

    private static Command city(String name, @Nullable String country) {
        return open(new CityProfile(name, null, country, "TH", null, null, null, null, null));
    }

    private static Command density(double density) {
        return open(new CityProfile("Lakeside", null, null, "TH", null, density, null, null, null));
    }

    private static Command gdp(double gdp) {
        return open(new CityProfile("Lakeside", null, null, "TH", null, null, gdp, null, null));
    }

    private static Command place(double latitude, double longitude) {
        return open(new CityProfile("Lakeside", null, null, "TH", null, null, null, latitude, longitude));
    }
}
