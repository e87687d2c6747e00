package milepost.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {
    @ParameterizedTest
    @CsvSource({
        "Phuket,phuket",
        "Nay Pyi Taw,nay-pyi-taw",
        "Đà Lạt,da-lat",
        "Đà Nẵng (new),da-nang-new",
        "Łódź,lodz",
        "Straße,strasse",
        "STRAẞE,strasse",
        "Ærøskøbing,aeroskobing",
        "Reykjavík / Þórshöfn,reykjavik-thorshofn",
        "İzmir,izmir",
        "Diyarbakır,diyarbakir",
        "Ｐｈｕｋｅｔ ２,phuket-2",
        "ﬁnal,final",
        "--a--,a",
    })
    void a_name_is_written_with_a_to_z(String name, String slug) {
        assertThat(Slug.of(name)).isEqualTo(slug);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ភ្នំពេញ", "ភ្នំពេញ\u200bថ្មី", "เชียงใหม่", "ວຽງຈັນ", "မန္တလေး", "昭南", "", "…"})
    void of_other_scripts_nothing_is_left(String name) {
        assertThat(Slug.of(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 200})
    void it_is_no_longer_than_an_id_may_be(int words) {
        assertThat(Slug.of("a ".repeat(words))).hasSizeLessThanOrEqualTo(64).matches("(a-)*a");
    }
}
