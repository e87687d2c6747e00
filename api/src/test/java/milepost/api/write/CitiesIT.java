package milepost.api.write;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import milepost.api.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A city may be called what its people call it; rights go by its slug, and totals by its country's code. */
@ExtendWith(SharedNode.class)
class CitiesIT {
    private final Node node;

    CitiesIT(Node node) {
        this.node = node;
    }

    private HttpResponse<String> open(String plan, String city, String more) {
        return node.post("/api/plans", """
                {"plan":%s,"city":"%s","from":"2026","to":"2030",%s}""".formatted(plan, city, more));
    }

    @ParameterizedTest
    @CsvSource({
        "Đà Lạt,VN,da-lat",
        "Đồng Hới,VN,dong-hoi",
        "Thủ Dầu Một,VN,thu-dau-mot",
        "Łódź,PL,lodz",
        "Weißenfels,DE,weissenfels",
        "Ærøskøbing,DK,aeroskobing",
        "Diyarbakır,TR,diyarbakir",
    })
    void letters_of_their_own_are_written_out(String city, String code, String slug) {
        var opened = open("null", city, "\"countryCode\":\"%s\"".formatted(code));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        assertThat(opened.headers().firstValue("Location")).hasValue("/api/plans/" + slug);
        assertThat(Node.json(opened).path("citySlug").asString()).isEqualTo(slug);
        var plan = node.read("/api/plans/" + slug);
        assertThat(plan.path("city").asString()).isEqualTo(city);
        assertThat(plan.path("citySlug").asString()).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource({"ភ្នំពេញ,KH", "เชียงใหม่,TH", "ປາກເຊ,LA", "မော်လမြိုင်,MM", "昭南岛,SG"})
    void where_nothing_is_left_the_plans_id_is_asked_for_in_words(String city, String code) {
        var refused = open("null", city, "\"countryCode\":\"%s\"".formatted(code));
        assertThat(Problem.of(refused)).isEqualTo(problem(422, "out-of-bounds", "plan"));
        assertThat(refused.body()).contains(city, "a-z", "give");
    }

    @ParameterizedTest
    @CsvSource({
        "ភ្នំពេញ,KH,phnom-penh",
        "ภูเก็ต,TH,phuket",
        "ວຽງຈັນ,LA,vientiane",
        "ရန်ကုန်,MM,yangon",
        "Đà Nẵng,VN,da-nang"
    })
    void a_plan_is_opened_for_a_city_by_naming_its_slug(String city, String code, String slug) {
        var plan = slug + "-2030";
        var opened = open("\"" + plan + "\"", city, "\"countryCode\":\"%s\",\"citySlug\":\"%s\"".formatted(code, slug));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        assertThat(Node.json(opened).path("citySlug").asString()).isEqualTo(slug);
        assertThat(node.read("/api/plans/" + plan).path("city").asString()).isEqualTo(city);
        var officer = Somebody.of(node, Role.CSCO, Set.of(slug), null).bearer();
        var reported = node.post(
                "/api/plans/" + plan + "/status-reports", "{\"health\":\"on-track\"}", "Authorization", officer);
        assertThat(reported.statusCode()).as(reported.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"Đà Nẵng,VN,da-nang", "Hà Nội,VN,ha-noi", "Hanoi,VN,ha-noi", "Naypyitaw,MM,nay-pyi-taw"})
    void or_its_name_is_matched_to_a_known_city_of_the_country(String city, String code, String slug) {
        var plan = "matched-" + Integer.toHexString(city.hashCode());
        var opened = open("\"" + plan + "\"", city, "\"countryCode\":\"%s\"".formatted(code));
        assertThat(Node.json(opened).path("citySlug").asString())
                .as(opened.body())
                .isEqualTo(slug);
    }

    @Test
    void but_not_to_one_of_another_country() {
        var opened = open("\"hanoi-in-thailand\"", "Hanoi", "\"countryCode\":\"TH\"");
        assertThat(Node.json(opened).path("citySlug").asString())
                .as(opened.body())
                .isEqualTo("hanoi");
    }

    @Test
    void a_plan_of_no_slug_but_an_id_is_for_the_city_of_that_id() {
        var opened = open("\"khon-kaen\"", "ขอนแก่น", "\"countryCode\":\"TH\"");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        assertThat(Node.json(opened).path("citySlug").asString()).isEqualTo("khon-kaen");
    }

    @Test
    void a_plan_that_was_opened_before_keeps_the_slug_that_it_had() {
        node.sql().sql("""
                        insert into event_log (event_id, stream, version, type, payload, metadata)
                        values ('before-1', 'plan/before', 1, 'PlanOpened', ?, '{}')""").param("""
                        {"plan":"before","on":"2018","city":"Đà Lạt","country":"Laos","countryCode":"LA","from":"2018","to":"2025"}""").update();
        var plan = node.read("/api/plans/before");
        assertThat(plan.path("citySlug").asString()).isEqualTo("a-lat");
        assertThat(plan.path("country").asString()).isEqualTo("Lao PDR");
        var officer = Somebody.of(node, Role.CSCO, Set.of("a-lat"), null).bearer();
        assertThat(node.post("/api/plans/before/status-reports", "{\"health\":\"on-track\"}", "Authorization", officer)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"LA,Lao PDR", "VN,Viet Nam", "BN,Brunei Darussalam", "MM,Myanmar", "TL,Timor-Leste", "KR,South Korea"})
    void a_country_has_one_name_whether_it_is_given_or_not(String code, String name) {
        var named = "named-" + code.toLowerCase(Locale.ROOT);
        var unnamed = "un" + named;
        assertThat(open(
                                "\"" + named + "\"",
                                "City of " + code,
                                "\"countryCode\":\"%s\",\"country\":\"%s\"".formatted(code, name))
                        .statusCode())
                .isEqualTo(201);
        assertThat(open("\"" + unnamed + "\"", "City of " + code, "\"countryCode\":\"" + code + "\"")
                        .statusCode())
                .isEqualTo(201);
        node.awaitProjections();
        for (var plan : new String[] {named, unnamed}) {
            assertThat(node.read("/api/plans/" + plan).path("country").asString())
                    .isEqualTo(name);
            assertThat(node.scrape()).anyMatch(line -> line.contains("country=\"" + name + "\",plan=\"" + plan + "\""));
        }
        assertThat(node.read("/api/network")
                        .path("countries")
                        .path(name)
                        .path("plans")
                        .asInt())
                .isGreaterThanOrEqualTo(2);
        for (var asked : new String[] {code, code.toLowerCase(Locale.ROOT), name.replace(" ", "%20")}) {
            for (var on : new String[] {"", "&on=2026-11"}) {
                assertThat(node.read("/api/plans?limit=200&country=" + asked + on)
                                .path("items")
                                .valueStream()
                                .map(item -> item.path("plan").asString()))
                        .as(asked + on)
                        .contains(named, unnamed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LA,Thailand,Lao PDR", "TH,Viet Nam,Thailand", "SG,Utopia,Singapore"})
    void a_name_that_contradicts_the_code_is_refused_with_the_right_one(String code, String name, String right) {
        var refused =
                open("\"contradicted\"", "City", "\"countryCode\":\"%s\",\"country\":\"%s\"".formatted(code, name));
        assertThat(Problem.of(refused)).isEqualTo(problem(422, "out-of-bounds", "country"));
        assertThat(refused.body()).contains(right);
    }

    @ParameterizedTest
    @CsvSource({"LA,Laos", "VN,Vietnam", "VN,Việt Nam", "BN,Brunei", "TH,THAILAND"})
    void another_spelling_of_the_same_country_is_none(String code, String name) {
        var opened = open(
                "\"spelt-%s\"".formatted(Integer.toHexString(name.hashCode())),
                "City",
                "\"countryCode\":\"%s\",\"country\":\"%s\"".formatted(code, name));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"phukett,phuket", "da-nan,da-nang", "hanoi,ha-noi", "vientian,vientiane"})
    void an_account_for_a_city_that_nobody_knows_is_refused_with_a_guess(String city, String guess) {
        var refused = node.post("/api/accounts", """
                {"username":"unknown-%1$s","role":"csco","cities":["bangkok","%1$s"]}""".formatted(city));
        assertThat(Problem.of(refused)).isEqualTo(problem(422, "out-of-bounds", "cities"));
        assertThat(refused.body())
                .contains("'" + city + "'", "'" + guess + "'", "open")
                .doesNotContain("'bangkok'");
    }

    @Test
    void the_way_out_is_to_open_its_plan_first() {
        var body = "{\"username\":\"of-udon\",\"role\":\"csco\",\"cities\":[\"udon-thani\"]}";
        assertThat(node.post("/api/accounts", body).statusCode()).isEqualTo(422);
        assertThat(open("null", "Udon Thani", "\"countryCode\":\"TH\"").statusCode())
                .isEqualTo(201);
        var opened = node.post("/api/accounts", body);
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        var appointed = "/api/accounts/" + Node.json(opened).path("subject").asString() + "/role";
        assertThat(node.post(appointed, "{\"role\":\"csco\",\"cities\":[\"udon-tani\"]}")
                        .body())
                .contains("udon-thani");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "UK", "Thailand", "VA"})
    void so_it_is_with_the_country_of_a_national_representative(String country) {
        var refused = node.post("/api/accounts", """
                {"username":"of-somewhere","role":"national-representative","country":"%s"}""".formatted(country));
        assertThat(Problem.of(refused)).isEqualTo(problem(422, "out-of-bounds", "country"));
    }
}
