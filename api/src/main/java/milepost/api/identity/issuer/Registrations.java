package milepost.api.identity.issuer;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import milepost.api.identity.account.Account;
import milepost.api.identity.account.Accounts;
import milepost.api.identity.account.Client;
import milepost.api.identity.account.Clients;
import milepost.api.start.Site;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * The programs that may ask for tokens: {@link Client#PEOPLE}, by which people sign in (authorization code with PKCE), and
 * the clients that accounts made (client credentials), as long as both may act.
 */
final class Registrations implements RegisteredClientRepository {
    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(10);
    private static final Duration CODE = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final Clients clients;
    private final RegisteredClient people;

    Registrations(Accounts accounts, Clients clients, Site site) {
        this.accounts = accounts;
        this.clients = clients;
        this.people = registration(
                Client.PEOPLE,
                client -> client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .redirectUri(site.url() + "/swagger-ui/oauth2-redirect.html")
                        .redirectUri("http://127.0.0.1/callback"));
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String id) {
        if (id.equals(Client.PEOPLE)) return people;
        return clients.active(id)
                .filter(client -> account(client).isPresent())
                .map(client -> registration(
                        id,
                        registered -> registered
                                .clientName(client.name())
                                .clientSecret(clients.secret(client))
                                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)))
                .orElse(null);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("Clients are made at /api/clients");
    }

    /** The account a client acts for, if it may and the client asks no more than it has. */
    private Optional<Account> account(Client client) {
        return accounts.find(client.subject())
                .filter(account -> account.enabled() && !account.temporary())
                .filter(account -> client.grant(account).isWithin(account.grant(null)));
    }

    private static RegisteredClient registration(String id, Consumer<RegisteredClient.Builder> more) {
        var builder = RegisteredClient.withId(id)
                .clientId(id)
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(ACCESS_TOKEN)
                        .authorizationCodeTimeToLive(CODE)
                        .build());
        more.accept(builder);
        return builder.build();
    }
}
