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
            {}                                 | due             | is required, be it null
            {"due":2019}                       | due             | is a text
            {"due":"2019-13"}                  | due             | '2019-13' is no date: give a day (2018-07-08), a month (2018-07) or a year (2018)
            {"due":null,"milestone":7}         | milestone       | is a text
            {"due":null,"name":true}           | name            | is a text
            {"due":null,"weight":"3"}          | weight          | is a whole number
            {"due":null,"weight":1.0}          | weight          | is a whole number
            {"due":null,"weight":99999999999}  | weight          | is out of range
            {"due":null,"version":1e2}         | version         | is a whole number
            {"due":null,"version":9999999999999999999} | version | is out of range
            {"due":null,"latitude":"1"}        | latitude        | is a number
            {"due":null,"share":[]}            | share           | is a number
            {"due":null,"capital":"true"}      | capital         | is true or false
            {"due":null,"status":"ACTIVE"}     | status          | is one of proposed, agreed, active, concluded, ended
            {"due":null,"status":1}            | status          | is one of proposed, agreed, active, concluded, ended
            {"due":null,"amount":"1 USD"}      | amount          | is an object
            {"due":null,"amount":{"amount":"1"}} | amount.amount | is a number
            {"due":null,"amount":{"sum":1}}    | amount.sum      | is not known here; known are amount, currency
            {"due":null,"cities":"a"}          | cities          | is a list
            {"due":null,"cities":["a",null]}   | cities[1]       | is a text
            {"due":null,"evidence":["a"]}      | evidence[0]     | is an object
            {"due":null,"evidence":[{"url":7}]} | evidence[0].url | is a text
            {"due":null,"basis":"rumour"}      | basis           | is one of reported, inferred, derived
            {"due":null,"details":{}}          | details         | is not known here; known are amount, basis, capital, cities, due, evidence, latitude, milestone, name, narrative, organisations, reason, share, status, title, version, weight
            """)
    void each_field_says_what_it_takes(String json, String field, String message) {
        assertThat(faults(json)).containsExactly(new Field(field, message));
    }

    @Test
    void what_is_absent_or_null_is_null_and_what_is_read_is_as_it_was_given() {
        assertThat(read("""
                {"due":"2019","milestone":"","share":1.10,"latitude":1,"amount":{"amount":2,"currency":"USD"},"title":"T","basis":"derived"}"""))
                .isEqualTo(new Everything(
                        new PartialDate("2019"),
                        new MilestoneId(""),
                        null,
                        null,
                        null,
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

    private static List<Field> faults(String json) {
        var faults = new Faults();
        BodyReader.read(json.getBytes(StandardCharsets.UTF_8), Everything.class, faults);
        return faults.named();
    }

    private static Everything read(String json) {
        return BodyReader.read(json.getBytes(StandardCharsets.UTF_8), Everything.class, new Faults());
    }
}
