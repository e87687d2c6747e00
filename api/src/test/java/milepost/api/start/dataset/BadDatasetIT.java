package milepost.api.start.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.api.http.Today;
import milepost.api.identity.Grant;
import milepost.api.identity.Role;
import milepost.api.start.StartFailure;
import milepost.api.write.axon.Dispatch;
import milepost.log.RequestHashes;
import milepost.log.store.StoredKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassRelativeResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody edited the files: nothing is imported, and what is wrong is said by file, line, column and reason. */
@ExtendWith(OutputCaptureExtension.class)
class BadDatasetIT {
    private static final List<String> FILES = List.of(
            "cities.csv",
            "projects.csv",
            "representatives.csv",
            "records.csv",
            "documents.csv",
            "network-timeline.csv");

    private static Node node;

    @TempDir
    private Path edited;

    @BeforeAll
    static void start() {
        node = Node.empty();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void nothing_was_imported() {
        assertThat(node.sql()
                        .sql("select count(*) from event_log where stream like 'plan/%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** The files in {@code edited}, where the application looks for its own. */
    private static final class Edited extends ClassRelativeResourceLoader {
        private final Path folder;

        Edited(Path folder) {
            super(BadDatasetIT.class);
            this.folder = folder;
        }

        @Override
        public Resource getResource(String location) {
            return new FileSystemResource(folder.resolve(Path.of(location).getFileName()));
        }
    }

    private void copy() throws IOException {
        for (var file : FILES) {
            try (InputStream in = Objects.requireNonNull(BadDatasetIT.class.getResourceAsStream("/ascn/" + file))) {
                Files.copy(in, edited.resolve(file));
            }
        }
    }

    private void edit(String file, int line, String from, String to) throws IOException {
        var lines = Files.readAllLines(edited.resolve(file));
        var before = lines.get(line - 1);
        assertThat(before).contains(from);
        lines.set(line - 1, before.replace(from, to));
        Files.write(edited.resolve(file), lines);
    }

    private DatasetFiles files() {
        return new DatasetFiles(new Edited(edited));
    }

    private void run() {
        var by = new Grant("dataset-import", Role.SYSTEM, Set.of(), null, null, null);
        new DatasetImport("ascn", files(), node.bean(StoredKeys.class))
                .run(
                        node.bean(Today.class).day(),
                        (command, key) ->
                                node.bean(Dispatch.class).send(command, by, key, new RequestHashes(key, key)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "records.csv | 219 | 2018-07-08,2025 | 2018-07-32,2025 | occurred_on | '2018-07-32' is no date",
                "records.csv | 219 | 2018-07-08,2025 | 2999,2025 | occurred_on | lies in the future",
                "records.csv | 219 | 2018-07-08,2025 | ,2025 | occurred_on | is empty",
                "records.csv | 219 | 2018-07-08,2025 | 2018-07-08,soon | due | 'soon' is no date",
                "records.csv | 219 | vientiane,1, | vientiane,9, | project | no project '9'",
                "records.csv | 219 | vientiane,1, | wientiane,1, | city | no plan 'wientiane'",
                "records.csv | 219 | vientiane,1, | Vientiane,1, | city | must be a slug",
                "records.csv | 219 | vientiane,1, | ,1, | city | is empty",
                "records.csv | 219 | milestone-scheduled | milestone-sheduled | record | milestone-sheduled",
                "records.csv | 219 | ,delivery, | ,Delivery, | key | must be a slug",
                "records.csv | 219 | derived | rumoured | basis | is one of reported, inferred, derived",
                "records.csv | 218 | document:004 | ftp://004 | evidence | begins with",
                "records.csv | 224 | ,US,city, | ,US;CA,city, | organisation_country | neither one value nor one for each",
                "records.csv | 224 | ,US,city, | ,USA,city, | organisation_country | ISO 3166-1",
                "records.csv | 224 | ,US,city, | ,US,town, | organisation_kind | is one of",
                "records.csv | 224 | ,active, | ,lively, | status | is one of",
                "records.csv | 222 | ,brt-service, | ,brt-servise, | key | no milestone '2-brt-servise'",
                "projects.csv | 2 | civic-and-social; | civic; | focus_areas | civic-and-social",
                "projects.csv | 2 | bandar-seri-begawan | bandar | city | no plan 'bandar'",
                "representatives.csv | 4 | CSCO | CISO | role | is one of",
                "cities.csv | 3 | ,KH, | ,KHM, | country_code | ISO 3166-1",
                "cities.csv | 3 | ,false, | ,no, | capital | is true or false",
                "cities.csv | 3 | 13.10 | 93.10 | latitude | must lie between",
                "cities.csv | 3 | ,672, | ,-672, | population_density_per_km2 | must lie between",
                "cities.csv | 3 | ,672, | ,many, | population_density_per_km2 | many"
            })
    void a_bad_row_is_named(String file, int line, String from, String to, String column, String reason)
            throws IOException {
        copy();
        edit(file, line, from, to == null ? "" : to);
        assertThatThrownBy(this::run)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file + " line " + line + ", column " + column + ": ")
                .hasMessageContaining(reason)
                .hasMessageContaining("nothing was imported")
                .hasMessageContaining("MILEPOST_DATASET=none");
    }

    @Test
    void all_bad_rows_are_named_at_once() throws IOException {
        copy();
        edit("cities.csv", 3, ",KH,", ",KHM,");
        edit("records.csv", 219, "derived", "rumoured");
        edit("records.csv", 235, "2025-12-17", "2999-12-17");
        assertThatThrownBy(this::run)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("cities.csv line 3, column country_code")
                .hasMessageContaining("records.csv line 219, column basis")
                .hasMessageContaining("records.csv line 235, column occurred_on");
    }

    @Test
    void a_row_of_several_lines_does_not_shift_those_after_it() throws IOException {
        copy();
        edit("records.csv", 3, "The environment department", "The environment\n\ndepartment");
        edit("records.csv", 221, "derived", "rumoured");
        assertThatThrownBy(this::run)
                .hasMessageContaining("has 1 bad rows")
                .hasMessageContaining("records.csv line 221, column basis");
    }

    @Test
    void a_missing_column_is_named() throws IOException {
        copy();
        edit("records.csv", 1, ",basis,", ",base,");
        assertThatThrownBy(this::run)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("records.csv line 2, column basis: there is no such column");
    }

    @Test
    void a_row_that_is_too_short_is_named() throws IOException {
        copy();
        var lines = Files.readAllLines(edited.resolve("records.csv"));
        lines.set(218, "vientiane,1,milestone-scheduled,delivery");
        Files.write(edited.resolve("records.csv"), lines);
        assertThatThrownBy(this::run)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("records.csv line 219, column ");
    }

    @Test
    void a_file_that_is_no_csv_is_named_with_its_line() throws IOException {
        copy();
        edit("records.csv", 219, "vientiane,1,", "vientiane,\"1\"x,");
        assertThatThrownBy(this::run)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("records.csv")
                .hasMessageContaining(
                        String.format(Locale.getDefault(), "line: %d,", 219)); // in the library's own words
    }

    @ParameterizedTest
    @ValueSource(strings = {"cities.csv", "documents.csv", "network-timeline.csv"})
    void a_document_of_the_network_that_cannot_be_read_is_named(String file) throws IOException {
        copy();
        edit(file, 1, file.equals("cities.csv") ? ",capital," : ",title,", ",x,");
        assertThatThrownBy(() -> new Documents(files()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file + " line 2, column ");
    }

    @Test
    void without_a_dataset_it_starts_empty_and_knows_the_networks_documents() {
        assertThat(node.read("/api/plans").path("items").size()).isZero();
        assertThat(node.read("/api/network").path("total").path("plans").asInt())
                .isZero();
        assertThat(node.read("/api/cities").path("items").size()).isEqualTo(26);
    }

    @Test
    void a_misspelt_dataset_is_refused_in_a_line(CapturedOutput output) {
        var database = TestServer.createDatabase();
        assertThatThrownBy(() -> Node.on(database, "milepost.dataset=asnc").close())
                .hasMessageContaining("milepost.dataset: asnc");
        assertThat(output.getAll().lines().reduce("", (before, line) -> line))
                .endsWith("A setting cannot be read, milepost.dataset: asnc. It can be ascn or none.");
        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from pg_tables where schemaname = 'public'")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
