package milepost.api;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import milepost.api.identity.Role;
import milepost.api.identity.account.Accounts;
import milepost.api.identity.account.Accounts.Assignment;
import milepost.event.Author;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An account of a test's own, to be changed as it likes. */
public record Somebody(Node node, String username, String subject) {
    public static final String PASSWORD = "a long password";

    public static Somebody reader(Node node) {
        return of(node, Role.READER, Set.of(), null);
    }

    /** A secretariat that has yet to choose a password. */
    public static Somebody newcomer(Node node) {
        return of(node, Role.SECRETARIAT, Set.of(), null, true);
    }

    public static Somebody of(Node node, Role role, Set<String> cities, @Nullable String country) {
        return of(node, role, cities, country, false);
    }

    private static Somebody of(Node node, Role role, Set<String> cities, @Nullable String country, boolean temporary) {
        var username = "u-" + UUID.randomUUID();
        var office = new Assignment(role, cities, country, "Lakeside");
        var account = node.bean(Accounts.class)
                .open(Author.ANONYMOUS, username, "Name of " + username, office, PASSWORD, temporary);
        return new Somebody(node, username, account.subject());
    }

    /** The header Authorization of a new sign-in. */
    public String bearer() {
        return bearer(PASSWORD);
    }

    public String bearer(String password) {
        return "Bearer " + SignIn.token(node.uri("").toString(), username, password);
    }

    /** A browser in which they have signed in, at {@code from}. */
    public SignIn session(String from) {
        var session = new SignIn(node.uri("").toString(), from);
        var answer = session.post(username, PASSWORD);
        if (!SignIn.location(answer).endsWith("/api")) throw new AssertionError("not signed in: " + answer);
        return session;
    }

    public void disable() {
        node.bean(Accounts.class).disable(Author.ANONYMOUS, subject);
    }

    public void appoint(Role role, Set<String> cities) {
        node.bean(Accounts.class).appoint(Author.ANONYMOUS, subject, new Assignment(role, cities, null, null));
    }

    /** A program of theirs, as it was told once. */
    public JsonNode client(String body) {
        var created = node.post("/api/clients", body, "Authorization", bearer());
        if (created.statusCode() != 201) throw new AssertionError("no client: " + created.body());
        return Node.json(created);
    }

    /** What a program sends for a token. */
    public static Map<String, String> credentials(JsonNode client) {
        return Map.of(
                "grant_type", "client_credentials",
                "client_id", client.path("client").path("client").asString(),
                "client_secret", client.path("secret").asString());
    }
}
