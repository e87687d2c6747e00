package milepost.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import milepost.command.Rejected.Field;
import milepost.event.Basis;
import milepost.event.Details;
import milepost.event.Evidence;
import milepost.event.MilestoneId;
import milepost.event.Money;
import milepost.event.PartialDate;
import milepost.event.PartnershipStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyReaderTest {
    record Everything(
            @JsonProperty(required = true) @Nullable PartialDate due,
            @Nullable MilestoneId milestone,
            @Nullable String name,
            @Nullable Integer weight,
            @Nullable Long version,
            @Nullable Double latitude,
            @Nullable BigDecimal share,
            @Nullable Boolean capital,
            @Nullable PartnershipStatus status,
            @Nullable Money amount,
            @Nullable List<String> cities,
            @JsonUnwrapped Details details)
            implements Body {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | due | is required; null stands for none
            {"due":2019} | due | must be a date in quotes: a day ("2018-07-08"), a month ("2018-07") or a year ("2018")
            {"due":"2019-13"} | due | '2019-13' is no date: give a day (2018-07-08), a month (2018-07) or a year (2018)
            {"due":null,"milestone":7} | milestone | must be a text in quotes
            {"due":null,"name":true} | name | must be a text in quotes
            {"due":null,"weight":"3"} | weight | must be a whole number, without quotes
            {"due":null,"weight":1.5} | weight | must be a whole number, without quotes
            {"due":null,"weight":99999999999} | weight | must be a whole number from -2147483648 to 2147483647
            {"due":null,"weight":1e999999999} | weight | must be a whole number from -2147483648 to 2147483647
            {"due":null,"version":1e-2} | version | must be a whole number, without quotes
            {"due":null,"version":9999999999999999999} | version | must be a whole number from -9223372036854775808 to 9223372036854775807
            {"due":null,"latitude":"1"} | latitude | must be a number, without quotes
            {"due":null,"share":[]} | share | must be a number, without quotes
            {"due":null,"capital":"true"} | capital | must be true or false, without quotes
            {"due":null,"status":"ACTIVE"} | status | must be one of "proposed", "agreed", "active", "concluded", "ended"
            {"due":null,"status":1} | status | must be one of "proposed", "agreed", "active", "concluded", "ended"
            {"due":null,"amount":"1 USD"} | amount | must be {"amount": 1000000, "currency": "THB"}
            {"due":null,"amount":{"amount":"1"}} | amount.amount | must be a number, without quotes
            {"due":null,"amount":{"sum":1}} | amount.sum | is not known here; known are amount, currency
            {"due":null,"cities":"a"} | cities | must be a list of texts, such as ["phuket"]
            {"due":null,"cities":["a",null]} | cities[1] | must be a text in quotes
            {"due":null,"evidence":"https://a.b"} | evidence | must be a list, such as [{"url": "https://example.org/cctv"}]
            {"due":null,"evidence":["a"]} | evidence[0] | must be {"url": "https://example.org/cctv"}
            {"due":null,"evidence":[{"url":7}]} | evidence[0].url | must be a text in quotes
            {"due":null,"organisations":["Dell"]} | organisations[0] | must be {"name": "Dell", "countryCode": "US", "kind": "private-sector"}
            {"due":null,"basis":"rumour"} | basis | must be one of "reported", "inferred", "derived"
            {"due":null,"details":{}} | details | is not known here; known are amount, basis, capital, cities, due, evidence, latitude, milestone, name, narrative, organisations, reason, share, status, title, version, weight
            """)
    void each_field_says_what_it_takes(String json, String field, String message) {
        assertThat(faults(json)).containsExactly(new Field(field, message));
    }

    @Test
    void what_is_absent_or_null_is_null_and_what_is_read_is_as_it_was_given() {
        assertThat(read("""
                {"due":"2019","milestone":"","weight":3.0,"version":1e2,"share":1.10,"latitude":1,
                 "amount":{"amount":2,"currency":"USD"},"title":"T","basis":"derived"}"""))
                .isEqualTo(new Everything(
                        new PartialDate("2019"),
                        new MilestoneId(""),
                        null,
                        3,
                        100L,
                        1.0,
                        new BigDecimal("1.10"),
                        null,
                        null,
                        new Money(new BigDecimal(2), "USD"),
                        null,
                        new Details("T", null, null, null, null, Basis.DERIVED)));
    }

    @Test
    void what_cannot_be_read_leaves_the_rest_and_the_numbers_of_a_list_as_they_are() {
        var read = read("""
                {"due":7,"name":"N","cities":["a",{},"c"],"evidence":[null,{"url":"https://a.b","sha256":1}]}""");

        assertThat(read.due()).isNull();
        assertThat(read.name()).isEqualTo("N");
        assertThat(read.cities()).containsExactly("a", "", "c");
        assertThat(read.details().evidence()).hasSize(2).last().isEqualTo(new Evidence("https://a.b", null));
    }

    @Test
    void a_body_without_fields_says_so() {
        var faults = new Faults();
        BodyReader.read("{\"now\":true}".getBytes(StandardCharsets.UTF_8), Nothing.class, faults);
        assertThat(faults.named()).containsExactly(new Field("now", "is not known here: the body is {}"));
    }

    record Nothing() implements Body {}

    @Test
    void texts_are_read_in_one_spelling_but_links_as_they_were_given() {
        var read = read("""
                {"due":null,"name":" Cafe\u0301\u200b","cities":["\ufeffphuket"],"title":"Cafe\u0301",
                 "evidence":[{"url":"https://example.org/cafe\u0301"}]}""");

        assertThat(read.name()).isEqualTo("Caf\u00e9");
        assertThat(read.cities()).containsExactly("phuket");
        assertThat(read.details().title()).isEqualTo("Caf\u00e9");
        assertThat(read.details().evidence().getFirst().url()).isEqualTo("https://example.org/cafe\u0301");
    }

    private static List<Field> faults(String json) {
        var faults = new Faults();
        BodyReader.read(json.getBytes(StandardCharsets.UTF_8), Everything.class, faults);
        return faults.named();
    }

    private static Everything read(String json) {
        return BodyReader.read(json.getBytes(StandardCharsets.UTF_8), Everything.class, new Faults());
    }
}
