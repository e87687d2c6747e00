package milepost.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import milepost.ops.Milepost;
import org.junit.jupiter.api.Test;

/** The auditor's command as it is packaged. */
class PackagedIT {
    private static final Pattern LIBRARY = Pattern.compile("BOOT-INF/lib/([a-z-]+)-\\d.*");

    @Test
    void it_has_what_folds_need_and_no_framework() throws IOException {
        var jar = Milepost.root().resolve("ops/target/milepost-verify.jar").toFile();
        try (var packaged = new JarFile(jar)) {
            assertThat(packaged.stream()
                            .map(entry -> LIBRARY.matcher(entry.getName()))
                            .filter(library -> library.matches())
                            .map(library -> library.group(1)))
                    .containsExactlyInAnyOrder(
                            "milepost-command",
                            "milepost-query",
                            "pcollections",
                            "jackson-databind",
                            "jackson-core",
                            "jackson-annotations",
                            "jspecify",
                            "spring-boot-jarmode-tools"); // Boot's plugin puts it into every jar
        }
    }
}
