package milepost.ops;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A program that a test needs besides the JDK: where MILEPOST_TOOLS=required is set, as in CI, it must be there. */
final class Tool {
    private Tool() {}

    static void require(String program, String debianPackage) {
        var present = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if ("required".equals(System.getenv("MILEPOST_TOOLS")) && !present) {
            throw new AssertionError(program + " is missing: apt-get install " + debianPackage);
        }
        assumeTrue(present, "skipped: this test needs " + program + " (Debian package " + debianPackage + ")");
    }
}
