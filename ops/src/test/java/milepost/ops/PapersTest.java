package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read beside the code: short enough to be read, and its links lead somewhere. */
class PapersTest {
    private static final int README_LINES = 200;
    private static final int COLUMNS = 120;
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\((?!https?:)([^)#]*)(#[^)]*)?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void the_readme_is_short() throws IOException {
        assertThat(text("README.md").lines()).hasSizeLessThanOrEqualTo(README_LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "api/HTTP.md", "api/IDENTITY.md", "ops/OPERATE.md", "ops/AUDIT.md"})
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
