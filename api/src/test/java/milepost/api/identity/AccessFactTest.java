package milepost.api.identity;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import milepost.api.identity.AccessFact.AccessLogExported;
import milepost.api.identity.AccessFact.AccountDisabled;
import milepost.api.identity.AccessFact.AccountEnabled;
import milepost.api.identity.AccessFact.AccountOpened;
import milepost.api.identity.AccessFact.AccountRoleChanged;
import milepost.api.identity.AccessFact.AuditEntriesRead;
import milepost.api.identity.AccessFact.AuditExported;
import milepost.api.identity.AccessFact.AuditKeyIntroduced;
import milepost.api.identity.AccessFact.ClientCreated;
import milepost.api.identity.AccessFact.ClientRevoked;
import milepost.api.identity.AccessFact.DeadLettersRetried;
import milepost.api.identity.AccessFact.HistoryExported;
import milepost.api.identity.AccessFact.NameErased;
import milepost.api.identity.AccessFact.PasswordChanged;
import milepost.api.identity.AccessFact.PasswordReset;
import milepost.api.identity.AccessFact.RebuildStarted;
import milepost.api.identity.AccessFact.RequestRefused;
import milepost.api.identity.AccessFact.SignInRefused;
import milepost.api.identity.AccessFact.SignInThrottled;
import milepost.api.identity.AccessFact.SignedIn;
import milepost.api.identity.AccessFact.SignedOut;
import milepost.api.identity.AccessFact.TokenRefused;
import milepost.api.identity.limit.Address;
import milepost.event.json.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads the access log of years ago reads these shapes: an approved file changes only for a reason. */
class AccessFactTest {
    private static final String SOMEBODY = "ab12cd34ef56";
    private static final String CLIENT = "8e03978e-40d5-43e8-bc93-6894a57f9324";
    private static final String ADDRESS = "192.0.2.0/24";

    private static final Map<String, AccessFact> FACTS = Stream.of(
                    new SignedIn(ADDRESS),
                    new SignInThrottled(ADDRESS),
                    new SignedOut(),
                    new SignInRefused(SOMEBODY, null, "wrong-password", ADDRESS),
                    new TokenRefused("The token cannot be verified", ADDRESS),
                    new RequestRefused("record", "phuket", "MeetMilestone"),
                    new HistoryExported("phuket"),
                    new AccessLogExported(),
                    new AuditExported(),
                    new AuditEntriesRead(),
                    new AuditKeyIntroduced("example.org/log+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
                    new RebuildStarted("timeline"),
                    new DeadLettersRetried("plans"),
                    new AccountOpened(SOMEBODY, "csco", Set.of("phuket"), null, "City of Phuket"),
                    new AccountRoleChanged(SOMEBODY, "national-representative", Set.of(), "TH", null),
                    new AccountDisabled(SOMEBODY),
                    new AccountEnabled(SOMEBODY),
                    new PasswordChanged(SOMEBODY),
                    new PasswordReset(SOMEBODY),
                    new NameErased(SOMEBODY),
                    new ClientCreated(CLIENT, "csco", Set.of("phuket"), null),
                    new ClientRevoked(CLIENT))
            .collect(toMap(fact -> fact.getClass().getSimpleName(), fact -> fact));

    static List<String> kinds() {
        return Arrays.stream(AccessFact.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_kind_of_fact_is_written_as_approved(String kind) throws IOException {
        assertThat(FACTS).as("an example of each").containsKey(kind);
        var written = EventJson.MAPPER.writeValueAsString(FACTS.get(kind));
        try (var file = AccessFactTest.class.getResourceAsStream("/approved/" + kind + ".json")) {
            assertThat(file)
                    .as("%s has no approved file; after review store this as approved/%s.json: %s", kind, kind, written)
                    .isNotNull();
            assertThat(written)
                    .isEqualTo(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void whatever_was_approved_once_is_still_a_kind_of_fact() throws IOException, URISyntaxException {
        var one = Objects.requireNonNull(AccessFactTest.class.getResource("/approved/SignedIn.json"));
        try (var files = Files.list(Objects.requireNonNull(Path.of(one.toURI()).getParent()))) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("\\.json$", "")))
                    .isSubsetOf(kinds());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0/24",
        "127.0.0.1, 127.0.0.0/24",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:0:0:0:0:0/48",
        "::1, 0:0:0:0:0:0:0:0/48",
        "::ffff:192.0.2.77, 192.0.2.0/24",
        "fe80::1%1, fe80:0:0:0:0:0:0:0/48",
        ", unknown"
    })
    void an_address_is_kept_as_the_network_it_is_in(String address, String kept) {
        assertThat(Address.shortened(address)).isEqualTo(kept);
    }
}
