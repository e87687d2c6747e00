package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of words says nothing that is not in the code, and no word twice. */
class WordsTest {
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");
    private static final Pattern NAMED = Pattern.compile("`@?([A-Z][A-Za-z]*)(?:\\.\\w+)?`");

    @Test
    void every_type_and_test_that_it_names_is_there() throws IOException {
        var named = NAMED.matcher(page()).results().map(name -> name.group(1));

        assertThat(named).hasSizeGreaterThan(50).isSubsetOf(types());
    }

    @Test
    void every_word_is_explained_once() throws IOException {
        assertThat(page().lines()
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| word"))
                        .map(line -> line.split("\\|", 3)[1].strip()))
                .hasSizeGreaterThan(30)
                .doesNotHaveDuplicates();
    }

    private static String page() throws IOException {
        return Files.readString(Milepost.root().resolve("command/WORDS.md"));
    }

    /** Of all modules, main code and tests. */
    private static Set<String> types() throws IOException {
        var types = new HashSet<String>();
        for (var module : List.of("command", "query", "api", "ops")) {
            try (var files = Files.walk(Milepost.root().resolve(module).resolve("src"))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    TYPE.matcher(Files.readString(file)).results().forEach(type -> types.add(type.group(1)));
                }
            }
        }
        return types;
    }
}
