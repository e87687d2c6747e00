package milepost.ops;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** A program that a test needs besides the JDK: where MILEPOST_TOOLS=required is set, as in CI, it must be there. */
public final class Tool {
    private Tool() {}

    /** Skips the test, naming the package, if the program is not on the PATH. */
    public static void require(String program, String debianPackage) {
        require(
                program,
                debianPackage,
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, program)));
    }

    public static void require(Path program, String debianPackage) {
        require(program.toString(), debianPackage, Stream.of(program));
    }

    private static void require(String program, String debianPackage, Stream<Path> places) {
        var present = places.anyMatch(Files::isExecutable);
        if ("required".equals(System.getenv("MILEPOST_TOOLS")) && !present) {
            throw new AssertionError(program + " is missing: apt-get install " + debianPackage);
        }
        assumeTrue(present, "skipped: this test needs " + program + " (Debian package " + debianPackage + ")");
    }
}
