package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read beside the code: short enough to be read, and what it links to or names is there. */
class PapersTest {
    private static final int README_LINES = 200;
    private static final int COLUMNS = 120;
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\((?!https?:)([^)#]*)(#[^)]*)?\\)");

    /** A file or package in code, but for what is made by running something. */
    private static final Pattern NAMED = Pattern.compile("`((?:command|query|api|ops)(?:/(?!target)\\w[\\w.-]*)+"
            + "|milepost\\.(?:api|command|event|log|ops|plan|query)[a-z.]*)");

    private static final List<String> MODULES = List.of("command", "query", "api", "ops");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void the_readme_is_short() throws IOException {
        assertThat(text("README.md").lines()).hasSizeLessThanOrEqualTo(README_LINES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "command/WORDS.md",
                "api/HTTP.md",
                "api/IDENTITY.md",
                "ops/OPERATE.md",
                "ops/AUDIT.md"
            })
    void lines_fit_a_screen_but_those_of_tables(String paper) throws IOException {
        assertThat(text(paper).lines().filter(line -> !line.startsWith("|")))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(COLUMNS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "api/HTTP.md",
                "api/IDENTITY.md",
                "api/RIGHTS.md",
                "command/WORDS.md",
                "ops/OPERATE.md",
                "ops/AUDIT.md",
                "ops/BENCHMARK.md",
                "ops/runbook.md"
            })
    void links_lead_somewhere(String paper) throws IOException {
        var links =
                LINK.matcher(CODE.matcher(text(paper)).replaceAll("")).results().toList();
        for (var link : links) {
            var file = link.group(1).isEmpty() ? paper : sibling(paper, link.group(1));
            assertThat(Milepost.root().resolve(file)).exists();
            if (link.group(2) != null)
                assertThat(anchors(file)).contains(link.group(2).substring(1));
        }
    }

    @Test
    void files_and_packages_that_they_name_are_there() throws IOException {
        for (var paper : papers()) {
            assertThat(NAMED.matcher(Files.readString(paper)).results().map(name -> name.group(1)))
                    .allSatisfy(name ->
                            assertThat(places(name)).as("%s in %s", name, paper).anyMatch(Files::exists));
        }
    }

    @ParameterizedTest
    @CsvSource({"command, milepost", "query, milepost/query", "api, milepost/api"})
    void each_room_is_in_the_readmes_picture_of_the_house(String module, String top) throws IOException {
        var picture = Pattern.compile("(?m)^" + module + "/ +(.*(?:\n +.*)*)").matcher(text("README.md"));
        assertThat(picture.find()).isTrue();
        try (var rooms =
                Files.list(Milepost.root().resolve(module + "/src/main/java").resolve(top))) {
            assertThat(rooms.filter(Files::isDirectory)
                            .map(room -> room.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(room -> assertThat(picture.group(1)).containsPattern("\\b" + room + "\\b"));
        }
    }

    private static List<Path> papers() throws IOException {
        var papers = new ArrayList<>(List.of(Milepost.root().resolve("README.md")));
        for (var module : MODULES) {
            try (var files = Files.newDirectoryStream(Milepost.root().resolve(module), "*.md")) {
                files.forEach(papers::add);
            }
        }
        return papers;
    }

    private static Stream<Path> places(String name) {
        if (!name.startsWith("milepost.")) return Stream.of(Milepost.root().resolve(name));
        return MODULES.stream()
                .map(module -> Milepost.root().resolve(module + "/src/main/java/" + name.replace('.', '/')));
    }

    private static String sibling(String paper, String link) {
        var directory = Path.of(paper).getParent();
        return (directory == null ? Path.of(link) : directory.resolve(link))
                .normalize()
                .toString();
    }

    /** As GitHub and others make them of headings. */
    private static String anchors(String paper) throws IOException {
        return HEADING.matcher(text(paper))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.joining("\n"));
    }

    private static String text(String paper) throws IOException {
        return Files.readString(Milepost.root().resolve(paper));
    }
}
