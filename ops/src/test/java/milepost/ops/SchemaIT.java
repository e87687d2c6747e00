package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the migrations of each module have come to, as one reads it: its {@code schema.sql} is what PostgreSQL says of them. */
class SchemaIT {
    private static final List<String> MODULES = List.of("command", "query", "api");
    private static final Pattern MADE = Pattern.compile("(?m)^create (?:or replace )?(?:table|function) (\\w+)");

    /** A part of what {@code pg_dump} prints: a table, a function, or what belongs to a table. */
    private static final Pattern PART = Pattern.compile("""
            (?ms)^-- Name: (?<name>\\w+).*?; Type: (?<type>[A-Z ]+); .*?
            --

            (?<sql>.*?)
            (?=--
            -- (?:Name|PostgreSQL database dump complete))""");

    private static final Pattern INDEXED = Pattern.compile("INDEX \\w+ ON public\\.(\\w+)");
    private static final Pattern SETTING = Pattern.compile("(?m)^SET .*\n");

    @Test
    void the_schema_of_each_module_is_what_its_migrations_make(@TempDir Path directory) throws IOException {
        try (var cluster = Cluster.start(directory)) {
            migrate(cluster.settings("postgres"));
            var parts = parts(dump(cluster));
            for (var module : MODULES) isUpToDate(module, parts.getOrDefault(module, List.of()));
        }
    }

    private static void migrate(Map<String, String> database) {
        Flyway.configure()
                .dataSource(
                        database.get("MILEPOST_DB_URL"),
                        database.get("MILEPOST_DB_USER"),
                        database.get("MILEPOST_DB_PASSWORD"))
                .locations(MODULES.stream()
                        .map(module -> "filesystem:" + migrations(module))
                        .toArray(String[]::new))
                .load()
                .migrate();
    }

    private static Path migrations(String module) {
        return Milepost.root().resolve(module + "/src/main/resources/db/migration");
    }

    private static String dump(Cluster cluster) {
        var said = Said.by(
                Map.of(),
                Cluster.PROGRAMS.resolve("pg_dump").toString(),
                "--schema-only",
                "--no-owner",
                "--no-privileges",
                "--exclude-table=flyway_schema_history",
                cluster.uri("postgres"));
        assertThat(said.exitCode()).as(said.text()).isZero();
        return said.text();
    }

    /** By the module that made the table or function that each belongs to. */
    private static Map<String, List<String>> parts(String dump) throws IOException {
        var homes = homes();
        var parts = new TreeMap<String, List<String>>();
        for (var part : PART.matcher(dump).results().toList()) {
            var home = Objects.requireNonNull(homes.get(owner(part)), part.group());
            var sql = SETTING.matcher(part.group("sql")).replaceAll("").replace("public.", "");
            parts.computeIfAbsent(home, module -> new ArrayList<>()).add(sql.strip());
        }
        return parts;
    }

    private static String owner(MatchResult part) {
        var index = INDEXED.matcher(part.group("sql"));
        return index.find() ? index.group(1) : part.group("name");
    }

    private static Map<String, String> homes() throws IOException {
        var homes = new HashMap<String, String>();
        for (var module : MODULES) {
            try (var files = Files.list(migrations(module))) {
                for (var file : files.sorted().toList()) {
                    MADE.matcher(Files.readString(file))
                            .results()
                            .forEach(made -> homes.putIfAbsent(made.group(1), module));
                }
            }
        }
        return homes;
    }

    private static void isUpToDate(String module, List<String> parts) throws IOException {
        var expected =
                "-- What the migrations of this module have come to: read here, changed there. SchemaIT writes it.\n\n"
                        + String.join("\n\n", parts) + "\n";
        var written = Files.createDirectories(Milepost.root().resolve("ops/target/schema"))
                .resolve(module + ".sql");
        Files.writeString(written, expected);
        var kept = Milepost.root().resolve(module + "/schema.sql");
        assertThat(Files.exists(kept) ? Files.readString(kept) : "")
                .as("%1$s/schema.sql is stale: cp ops/target/schema/%1$s.sql %1$s/schema.sql", module)
                .isEqualTo(expected);
    }
}
