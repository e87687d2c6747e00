package milepost.ops.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import milepost.event.Story;
import milepost.ops.Tool;
import milepost.query.audit.Bundle;
import milepost.query.audit.Certificate;
import milepost.query.audit.Hash;
import milepost.query.audit.MerkleTree;
import milepost.query.audit.Note;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an auditor is told of a log that is right, and of one that was tampered with in any way we could think of. */
class VerifyTest {
    private static final int LAST = 2 * Story.story().size();

    @TempDir
    Path directory;

    private final Key key = Key.of(Exported.ORIGIN);
    private final Exported log = Exported.story(key);

    /** What was printed, and the exit code. */
    record Said(int code, String text) {}

    private static Said verify(Object... arguments) {
        var printed = new ByteArrayOutputStream();
        var out = new PrintStream(printed, true, UTF_8);
        var code = Verify.run(Arrays.stream(arguments).map(Object::toString).toList(), null, Duration.ZERO, out, out);
        return new Said(code, printed.toString(UTF_8));
    }

    private void assertWrong(String message, Object... options) {
        var said = verify(Stream.concat(Stream.of(log.zip(directory)), Arrays.stream(options))
                .toArray());

        assertThat(said.text().lines().toList().getLast()).startsWith("WRONG: ").contains(message);
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void a_log_that_is_right_is_said_so_line_by_line() {
        var said = verify(log.zip(directory), "--key", key);

        assertThat(said.text().lines())
                .containsExactly(
                        "bundle     57 lines, 1 keys; every file is whole: ok",
                        "signature  the checkpoint of 57 entries is signed by [" + key + "]: ok",
                        "lines      57 in order of position, version and time, each as the log's tree holds it: ok",
                        "root       " + LineFile.root(log.leaves(), 57) + " recomputed from the lines: ok",
                        "keys       1 of 1 trusted, by --key: ok",
                        "plans      2 folded from their facts, each as plans.ndjson has it: ok",
                        "verified: 57 entries of " + Exported.ORIGIN + ", root " + LineFile.root(log.leaves(), 57));
        assertThat(said.code()).isZero();
    }

    /** Exported on 2026-11-28, with a milestone that was due on the last day before that of its last fact at UTC+14. */
    @Test
    void a_bundle_that_names_no_reckoning_is_held_to_the_one_of_its_time() {
        var said = verify(Path.of("src/test/bundles/2026-11-28.zip"));

        assertThat(said.text()).contains("plans      2 folded from their facts, each as plans.ndjson has it: ok");
        assertThat(said.code()).isZero();
    }

    @Test
    void a_plan_is_held_to_the_reckoning_that_is_named_and_one_that_nobody_knows_is_not_guessed_at() {
        var files = log.files();
        files.put(Bundle.RECKONING, "the day of a plan is that on Mars\n".getBytes(UTF_8));
        var said = verify(Exported.write(directory.resolve("mars.zip"), Exported.zip(files)));
        assertThat(said.text()).contains("reckoning is garbled: this program does not know it");
        assertThat(said.code()).isEqualTo(2);

        files.remove(Bundle.RECKONING);
        said = verify(Exported.write(directory.resolve("none.zip"), Exported.zip(files)));
        assertThat(said.text()).contains("WRONG: plan/lakeside version", "daysLate");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void without_a_key_the_first_one_is_trusted_and_shown() {
        assertThat(verify(log.zip(directory)).text())
                .contains("1 of 1 trusted, on first use: ok", "compare " + key + " with the key");
    }

    @Test
    void an_empty_log_is_right() {
        log.lines.clear();
        log.integrated();

        assertThat(verify(log.zip(directory)).text())
                .contains("verified: 0 entries", Hash.empty().toString());
    }

    /** What somebody did to a log, and what is said of it. */
    record Tampering(String what, Consumer<Exported> how, String said) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Exported replace(Exported log, int position, String what, String by) {
        var line = log.lines.get(position - 1);
        assertThat(line).contains(what);
        log.lines.set(position - 1, line.replace(what, by));
        return log;
    }

    private static Exported swap(Exported log, int one, int other) {
        Collections.swap(log.lines, one - 1, other - 1);
        return log;
    }

    private static Exported remove(Exported log, int position) {
        log.lines.remove(position - 1);
        return log;
    }

    private static Exported putIn(Exported log, int position) {
        log.lines.add(position - 1, log.lines.get(4).replace("plan/riverside", "plan/seaside"));
        return log;
    }

    private static Exported at(Exported log, int position, String at) {
        log.lines.set(
                position - 1, log.lines.get(position - 1).replaceFirst("\"at\":\"[^\"]+\"", "\"at\":\"" + at + "\""));
        return log;
    }

    private static final String PUT_IN_LATE = "2026-01-01T00:19:30.000000Z";

    static Stream<Tampering> tamperings() {
        return Stream.of(
                new Tampering(
                        "a payload is changed",
                        log -> replace(log, 12, "\"weight\":2", "\"weight\":1"),
                        "plan/lakeside version 6 (MilestoneScheduled, position 12) was changed"),
                new Tampering(
                        "a payload is changed, and its hash with it",
                        log -> replace(log, 12, "\"weight\":2", "\"weight\":1").rehashed(),
                        "only a kept bundle (--checkpoint) can name the entry"),
                new Tampering(
                        "a key is changed where the log introduces it, and so in all that follows from it",
                        log -> {
                            var stranger = Key.of(Exported.ORIGIN);
                            replace(log, 1, log.keys.getFirst().toString(), stranger.toString());
                            log.keys.set(0, stranger);
                        },
                        "access version 1 (AuditKeyIntroduced, position 1) was changed"),
                new Tampering(
                        "an author is changed",
                        log -> replace(log, 12, "s-1", "s-2"),
                        "plan/lakeside version 6 (MilestoneScheduled, position 12) was changed"),
                new Tampering(
                        "a time is changed",
                        log -> at(log, 20, PUT_IN_LATE),
                        "plan/lakeside version 10 (ProjectPhaseChanged, position 20) was changed"),
                new Tampering(
                        "a line is no JSON any more",
                        log -> replace(log, 20, "{\"position\"", "\"position\""),
                        "line 20 of history.ndjson, after plan/riverside version 9 (ProjectRenamed, position 19)"),
                new Tampering(
                        "a line is no JSON any more, in a log that was signed so",
                        log -> replace(log, 20, "{\"position\"", "\"position\"")
                                .rehashed()
                                .signed(),
                        "line 20 of history.ndjson, after plan/riverside version 9 (ProjectRenamed, position 19)"),
                new Tampering(
                        "a line is longer than the log takes",
                        log -> replace(log, 20, "\"revision\":null", "\"revision\":null" + " ".repeat(65_535)),
                        "line 20 of history.ndjson is longer than 65535 bytes"),
                new Tampering(
                        "two facts are swapped",
                        log -> swap(log, 12, 15),
                        "plan/lakeside version 6 (MilestoneScheduled, position 12) stands at line 15"),
                new Tampering(
                        "two facts are swapped, and their positions with them",
                        log -> swap(log, 12, 15).renumbered(),
                        "plan/lakeside version 6 (MilestoneScheduled, position 15) stands at line 15"),
                new Tampering(
                        "two facts of one plan are swapped in a log that was signed so",
                        log -> swap(log, 12, 14).renumbered().rehashed().signed(),
                        "plan/lakeside version 6 (MilestoneScheduled, position 14) stands after plan/lakeside version 7"),
                new Tampering(
                        "two facts of two plans are swapped in a log that was signed so",
                        log -> swap(log, 12, 13).renumbered().rehashed().signed(),
                        "plan/lakeside version 6 (MilestoneScheduled, position 13) was recorded at"),
                new Tampering(
                        "two facts of two plans are swapped with their positions, in a log that was signed so",
                        log -> swap(log, 12, 13).rehashed().signed(),
                        "plan/lakeside version 6 (MilestoneScheduled, position 12) stands after plan/riverside version 6"),
                new Tampering(
                        "a fact is left out",
                        log -> remove(log, 12),
                        "plan/lakeside version 6 is missing: the log's tree holds it before plan/riverside version 6"),
                new Tampering(
                        "a fact is left out, and those after it move up",
                        log -> remove(log, 12).renumbered(),
                        "plan/lakeside version 6 is missing: the log's tree holds it before plan/riverside version 6"),
                new Tampering(
                        "a fact is left out of a log that was signed so, with a hole",
                        log -> remove(log, 12).rehashed().signed(),
                        "plan/lakeside version 6 is missing before plan/riverside version 6"),
                new Tampering(
                        "a fact is left out of a log that was signed so, without a hole",
                        log -> remove(log, 12).renumbered().rehashed().signed(),
                        "plan/lakeside version 6 is missing: plan/lakeside version 7"),
                new Tampering(
                        "the last fact of a plan is left out",
                        log -> remove(log, LAST),
                        "plan/lakeside version 28 is missing: the log's tree holds it before plan/riverside version 28"),
                new Tampering(
                        "the last fact of all is left out",
                        log -> remove(log, LAST + 1),
                        "plan/riverside version 28 is missing, and all after it: the log has 56 entries"),
                new Tampering(
                        "the last fact of all is left out, and its hash",
                        log -> remove(log, LAST + 1).rehashed(),
                        "plan/riverside version 28 is missing"),
                new Tampering(
                        "the last fact of all is left out of a log that was signed so",
                        log -> remove(log, LAST + 1).rehashed().signed(),
                        "plan/riverside version 28 is missing: plans.ndjson has version 28"),
                new Tampering(
                        "a fact is put in",
                        log -> putIn(log, 12),
                        "plan/seaside version 2 (OfficerAppointed, position 5) was put in"),
                new Tampering(
                        "a fact is put in, and those after it move down",
                        log -> putIn(log, 12).renumbered(),
                        "plan/seaside version 2 (OfficerAppointed, position 12) was put in"),
                new Tampering(
                        "a back-dated fact is put in a log that was signed so",
                        log -> {
                            log.record(Story.CLOSED, "lakeside");
                            at(log, LAST + 2, PUT_IN_LATE).integrated();
                        },
                        "plan/lakeside version 29 (PlanStatusChanged, position 58) was recorded at 2026-01-01T00:19:30Z,"
                                + " before its predecessor plan/riverside version 28"),
                new Tampering(
                        "a fact is put at the end",
                        log -> log.record(Story.CLOSED, "lakeside"),
                        "plan/lakeside version 29 (PlanStatusChanged, position 58) was put in"),
                new Tampering(
                        "the same fact is there twice in a log that was signed so",
                        log -> {
                            log.lines.add(log.lines.getLast());
                            log.renumbered().rehashed().signed();
                        },
                        "plan/riverside version 28 (PlanAmended, position 58) comes after version 28"),
                new Tampering(
                        "the hashes are not of the lines",
                        log -> log.hashes = Collections.nCopies(57, Hash.empty()),
                        "hashes is not of the lines, though the lines are what was signed"),
                new Tampering(
                        "hashes are cut off, and a fact behind them is changed",
                        log -> {
                            log.hashes = log.hashes.subList(0, 40);
                            replace(log, 48, "s-1", "s-2");
                        },
                        "hashes was cut off: it has 40 of the 57 that the checkpoint signs"),
                new Tampering(
                        "hashes are cut off, and a fact is put at the end",
                        log -> {
                            log.hashes = log.hashes.subList(0, 40);
                            log.record(Story.CLOSED, "lakeside");
                        },
                        "hashes was cut off: it has 40 of the 57 that the checkpoint signs, and the lines, which are 58"),
                new Tampering(
                        "hashes are cut off before lines that are",
                        log -> {
                            remove(log, LAST + 1);
                            log.hashes = log.hashes.subList(0, 40);
                        },
                        "hashes was cut off: it has 40 of the 57 that the checkpoint signs, and the lines, which are 56"),
                new Tampering(
                        "the checkpoint's text is changed",
                        log -> log.checkpoint =
                                new Note(log.checkpoint.text().replace("57", "56"), log.checkpoint.signatures()),
                        "is not of this text"));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void it_names_what_was_done(Tampering tampering) {
        tampering.how().accept(log);

        assertWrong(tampering.said());
    }

    /** By the program alone, in the bundle's directory. */
    @ParameterizedTest
    @MethodSource("tamperings")
    void the_program_in_the_bundle_finds_it_too(Tampering tampering) throws Exception {
        tampering.how().accept(log);
        var said = python();

        if (tampering.said().contains("plans.ndjson")) { // it does not fold
            assertThat(said.code()).isZero();
        } else {
            assertThat(said.text()).startsWith("WRONG: ");
            assertThat(said.code()).isEqualTo(1);
        }
    }

    @Test
    void the_program_in_the_bundle_finds_a_right_log_right() throws Exception {
        var kept = Exported.write(
                directory.resolve("kept"), log.checkpoint.toString().getBytes(UTF_8));
        log.record(Story.CLOSED, "lakeside");
        log.integrated();
        var said = python(kept);

        assertThat(said.text()).startsWith("verified: 58 entries of " + Exported.ORIGIN);
        assertThat(said.code()).isZero();
    }

    @Test
    void the_program_in_the_bundle_compares_with_a_kept_checkpoint() throws Exception {
        var kept = Exported.write(
                directory.resolve("kept"), log.checkpoint.toString().getBytes(UTF_8));

        replace(log, 12, "\"weight\":2", "\"weight\":1").integrated();
        assertThat(python(kept).text()).contains("the first 57 entries are not those of the kept checkpoint");
        remove(log, LAST + 1).integrated();
        assertThat(python(kept).text()).contains("the log has 56 entries, the kept checkpoint 57: rolled back");
    }

    /** As OpenSSL 1.1.1 and macOS's LibreSSL do. */
    private static final String WITHOUT_RAWIN = """
            #!/bin/sh
            for option; do if [ "$option" = -rawin ]; then echo "pkeyutl: Unknown option -rawin" >&2; exit 1; fi; done
            """;

    @Test
    void where_the_program_in_the_bundle_cannot_check_it_says_why_and_not_that_the_log_is_wrong() throws Exception {
        assertUnable(
                Map.of("PATH", Files.createDirectory(directory.resolve("empty")).toString()), "install OpenSSL 3");
        var old = Files.createDirectory(directory.resolve("old")).resolve("openssl");
        Files.writeString(old, WITHOUT_RAWIN);
        assertThat(old.toFile().setExecutable(true)).isTrue();
        assertUnable(
                Map.of("PATH", directory.resolve("old") + ":/usr/bin:/bin"), "this openssl does not verify Ed25519");

        assertUnable(Map.of(), "is a zip: unpack it", log.zip(directory));
        assertUnable(Map.of(), "kept is not there", directory.resolve("kept"));
        assertUnable(Map.of(), "it was called otherwise than this", Path.of("--what"));
        var program = program();
        assertUnable(Files.createDirectory(directory.resolve("elsewhere")), "keys is not there", program);
        log.unpacked(directory);
        Files.delete(directory.resolve(Bundle.HASHES));
        assertUnable(directory, "No such file or directory: 'hashes'", program);
        var files = log.files();
        log.unpacked(directory);
        Exported.write(directory.resolve(Bundle.HISTORY), Arrays.copyOf(files.get(Bundle.HISTORY), 5_000));
        assertUnable(directory, "history.ndjson is cut off in line", program);
        Exported.write(directory.resolve(Bundle.CHECKPOINT), new byte[] {(byte) 0xff});
        assertUnable(directory, "UnicodeDecodeError", program);
    }

    @Test
    void after_a_new_key_the_program_leaves_a_kept_checkpoint_of_the_old_one_to_who_follows_keys() throws Exception {
        var kept = Exported.write(
                directory.resolve("kept"), log.checkpoint.toString().getBytes(UTF_8));
        log.introduce(Key.of(Exported.ORIGIN));
        log.integrated();

        assertUnable(Map.of(), "ops/verify follows keys", kept);
    }

    private void assertUnable(Map<String, String> environment, String message, Path... arguments) throws Exception {
        var said = python(environment, arguments);
        assertThat(said.text()).startsWith("CANNOT CHECK: ").contains(message).doesNotContain("Traceback");
        assertThat(said.code()).isEqualTo(2);
    }

    private static void assertUnable(Path directory, String message, Path program) throws Exception {
        var said = run(directory, Map.of(), List.of(python3(), program.toString()));
        assertThat(said.text()).startsWith("CANNOT CHECK: ").contains(message);
        assertThat(said.code()).isEqualTo(2);
    }

    @Test
    void the_program_checks_a_certificate_with_the_key_alone() throws Exception {
        for (var index : new int[] {0, 11, 31, 32, 48, LAST}) {
            var said = certified(certificate(index).toString(), "--key", key.toString());
            assertThat(said.text()).startsWith(log.lines.get(index) + "\nverified: 57 entries of " + Exported.ORIGIN);
            assertThat(said.code()).isZero();
        }
        var other = certified(certificate(12).toString().replace("index 12", "index 13"), "--key", key.toString());
        assertThat(other).isEqualTo(new Said(1, "WRONG: the fact is not entry 13 of the log of 57 entries\n"));
        // so long a path leads to the root from there too, if nobody looks at its length
        assertThat(certified(certificate(12).toString().replace("index 12", "index 48"), "--key", key.toString()))
                .isEqualTo(new Said(1, "WRONG: the fact is not entry 48 of the log of 57 entries\n"));
        var stranger = certified(
                certificate(12).toString(), "--key", Key.of(Exported.ORIGIN).toString());
        assertThat(stranger.text()).startsWith("WRONG: the certificate is signed by none of the keys");
        assertThat(stranger.code()).isEqualTo(1);
        assertThat(certified(certificate(12).toString()))
                .isEqualTo(new Said(2, "CANNOT CHECK: a certificate is checked with the log's key: --key KEY\n"));
        var cut = certificate(12).toString();
        assertThat(certified(cut.substring(0, cut.length() - 150), "--key", key.toString())
                        .code())
                .isEqualTo(2);
    }

    private Said certified(String certificate, String... options) throws Exception {
        Tool.require("openssl", "openssl");
        var file = Exported.write(directory.resolve("fact.tlog-proof"), certificate.getBytes(UTF_8));
        return run(
                directory,
                Map.of(),
                Stream.concat(Stream.of(python3(), program().toString(), file.toString()), Stream.of(options))
                        .toList());
    }

    private Said python(Path... arguments) throws Exception {
        return python(Map.of(), arguments);
    }

    private Said python(Map<String, String> environment, Path... arguments) throws Exception {
        Tool.require("openssl", "openssl");
        var command = Stream.concat(
                Stream.of(python3(), program().toString()),
                Arrays.stream(arguments).map(Path::toString));
        return run(log.unpacked(directory), environment, command.toList());
    }

    /** Its own path, since a test may change where programs are looked for. */
    private static String python3() throws Exception {
        Tool.require("python3", "python3");
        return run(Path.of("."), Map.of(), List.of("python3", "-c", "import sys; print(sys.executable)"))
                .text()
                .strip();
    }

    private static Path program() {
        var root = Path.of(Objects.requireNonNull(System.getProperty("milepost.root"), "run by Maven"));
        return root.resolve("api/src/main/resources/audit/verify.py").toAbsolutePath();
    }

    private static Said run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Said(process.waitFor(), printed);
    }

    @Test
    void a_kept_checkpoint_shows_what_was_signed_anew() {
        var kept = Exported.write(
                directory.resolve("kept"), log.checkpoint.toString().getBytes(UTF_8));
        log.record(Story.CLOSED, "lakeside");
        log.integrated();
        assertThat(verify(log.zip(directory), "--checkpoint", kept).text())
                .contains(
                        "1 of 1 trusted, by the kept checkpoint",
                        "the checkpoint of 57 entries is the beginning of this log");

        replace(log, 12, "\"weight\":2", "\"weight\":1").integrated();
        assertWrong("the first 57 entries are not those of the kept checkpoint", "--checkpoint", kept);
        for (var position = LAST + 2; position > 40; position--) remove(log, position);
        log.integrated();
        assertWrong("the log has 40 entries, the kept checkpoint 57: rolled back", "--checkpoint", kept);
    }

    /** Of each, the whole log was signed anew. */
    static Stream<Tampering> signedAnew() {
        return Stream.of(
                new Tampering(
                        "a payload is changed",
                        log -> replace(log, 12, "\"weight\":2", "\"weight\":1"),
                        "plan/lakeside version 6 (MilestoneScheduled, position 12) was changed"),
                new Tampering(
                        "two facts are swapped",
                        log -> swap(log, 12, 13).renumbered(),
                        "plan/lakeside version 6 (MilestoneScheduled, position 13) stands at line 13"),
                new Tampering(
                        "the last fact of a plan is left out",
                        log -> remove(log, LAST).renumbered(),
                        "plan/lakeside version 28 (PlanAmended, position 56) is missing: the kept bundle holds it"),
                new Tampering(
                        "a fact is put in",
                        log -> at(putIn(log, 12).renumbered(), 12, "2026-01-01T00:11:30.000000Z"),
                        "plan/seaside version 2 (OfficerAppointed, position 12) was put in"),
                new Tampering(
                        "it was rolled back",
                        log -> remove(remove(log, LAST + 1), LAST),
                        "plan/lakeside version 28 (PlanAmended, position 56) is missing, and all after it: the log"
                                + " has 55 entries, the kept bundle 57: cut off or rolled back"));
    }

    @ParameterizedTest
    @MethodSource("signedAnew")
    void a_kept_bundle_names_the_fact_whoever_signed(Tampering tampering) {
        var kept = log.zip(directory);
        tampering.how().accept(log);
        log.rehashed().signed();

        assertWrong(tampering.said(), "--checkpoint", kept);
    }

    @Test
    void a_bundle_of_before_cities_had_slugs_names_countries_as_they_were_printed() {
        log.plans = log.plans.replaceAll("\"citySlug\":\"[a-z]*\",", "").replace("\"Thailand\"", "\"Siam\"");
        log.rehashed().signed();
        assertThat(log.plans).contains("\"country\":\"Siam\"").doesNotContain("citySlug");
        assertThat(verify(log.zip(directory)).text()).contains("verified: ");

        log.plans = log.plans.replace("\"TH\"", "\"LA\"");
        log.rehashed().signed();
        assertWrong("/countryCode is \"LA\" in plans.ndjson, but \"TH\" by the facts");
    }

    @Test
    void a_plan_that_is_not_what_its_facts_say_is_named_and_where() {
        log.plans = log.plans.replaceFirst("\"earnedValue\":2.5", "\"earnedValue\":3");
        assertWrong("plan/lakeside version 28 is not what its facts say: /indicators/earnedValue is 3 in plans.ndjson,"
                + " but 2.5 by the facts");

        log.plans = log.plans.lines().findFirst().orElseThrow() + "\n";
        log.refolded();
        log.plans = log.plans.substring(log.plans.indexOf('\n') + 1);
        assertWrong("plan/lakeside is not in plans.ndjson");
        log.refolded();
        log.plans = log.plans.replace("\"plan\":\"riverside\"", "\"plan\":\"atlantis\"");
        assertWrong("plans.ndjson has plan/atlantis, which no fact opens");
    }

    @Test
    void another_log_or_key_is_not_this_one() {
        var stranger = Key.of(Exported.ORIGIN);
        assertWrong("no trusted key has handed over to it: ask the operator", "--key", stranger);

        var other = Exported.story(stranger);
        var kept = Exported.write(
                directory.resolve("kept"), other.checkpoint.toString().getBytes(UTF_8));
        assertWrong("the kept checkpoint: it is signed by none of", "--checkpoint", kept);
        log.keys.set(0, stranger);
        assertWrong("the checkpoint: it is signed by none of");
    }

    @Test
    void a_new_key_is_trusted_if_the_old_one_handed_over_to_it() {
        var next = rotated();

        assertThat(verify(log.zip(directory), "--key", key).text())
                .contains("2 of 2 trusted, by --key", "verified: 59");
        assertThat(verify(log.zip(directory)).text()).contains("2 of 2 trusted, on first use: ok", "compare " + key);
        assertThat(verify(log.zip(directory), "--key", next).text())
                .contains("1 of 2 trusted, by --key", "verified: 59");
    }

    private Key rotated() {
        var next = Key.of(Exported.ORIGIN);
        log.introduce(next);
        log.handovers.add(log.checkpoint(List.of(key, next)));
        log.record(Story.CLOSED, "lakeside");
        log.integrated();
        return next;
    }

    @Test
    void a_handover_counts_only_with_the_old_key_of_this_log_and_after_the_new_one_was_introduced() {
        var next = rotated();
        var handover = log.handovers.getFirst();

        log.handovers.clear();
        assertWrong("no trusted key has handed over to it", "--key", key);
        log.handovers.add(log.checkpoint(List.of(next)));
        assertWrong("no trusted key has handed over to it", "--key", key);
        log.handovers.set(0, Note.sign(handover.text().replace("58\n", "57\n"), List.of(key, next)));
        assertWrong("the handover to key " + next + " is not of this log: its first 57 entries have another root");
        log.handovers.set(0, handover);
        replace(log, 58, "AuditKeyIntroduced", "AuditKeyForgotten").integrated();
        log.handovers.set(0, log.checkpoint(List.of(key, next)));
        assertWrong("no AuditKeyIntroduced among the first 59 entries introduces it");
    }

    @Test
    void a_damaged_export_is_said_to_be_one() {
        var zip = Exported.zip(log.files());
        var cut = Exported.write(directory.resolve("cut.zip"), Arrays.copyOf(zip, zip.length / 2));
        assertThat(verify(cut)).isEqualTo(verify(cut)).extracting(Said::code).isEqualTo(2);
        assertThat(verify(cut).text()).contains("cut.zip is no exported log, or was cut off");

        var files = log.files();
        files.put(Bundle.HISTORY, Arrays.copyOf(files.get(Bundle.HISTORY), 5_000));
        assertDamaged(files, "history.ndjson is cut off in line");
        files = log.files();
        files.put(Bundle.HASHES, Arrays.copyOf(files.get(Bundle.HASHES), 100));
        assertDamaged(files, "hashes is garbled: a hash has 32 bytes, not 4");
        files = log.files();
        files.put(Bundle.KEYS, "no key".getBytes(UTF_8));
        assertDamaged(files, "keys is garbled");
        files = log.files();
        files.remove(Bundle.PLANS);
        assertDamaged(files, "plans.ndjson is not in the zip");
        files = log.files();
        files.put(Bundle.CHECKPOINT, "signed by nobody".getBytes(UTF_8));
        assertDamaged(files, "checkpoint is garbled: this is no signed note");
    }

    private void assertDamaged(Map<String, byte[]> files, String message) {
        var said = verify(Exported.write(directory.resolve("damaged.zip"), Exported.zip(files)));
        assertThat(said.text()).startsWith("CANNOT CHECK: ").contains(message);
        assertThat(said.code()).isEqualTo(2);
    }

    @Test
    void bits_that_changed_on_the_way_are_found() throws IOException {
        var zip = log.zip(directory);
        var bytes = Files.readAllBytes(zip);
        bytes[bytes.length / 3] ^= 1;
        var said = verify(Files.write(zip, bytes));

        assertThat(said.text()).startsWith("CANNOT CHECK: ").contains(" in the zip is cut off or garbled");
        assertThat(said.code()).isEqualTo(2);
    }

    @Test
    void a_certificate_is_checked_with_the_key_alone() {
        var certificate = certificate(11);
        var file = Exported.write(
                directory.resolve("fact.tlog-proof"), certificate.toString().getBytes(UTF_8));

        assertThat(verify(file, "--key", key).text())
                .contains("plan/lakeside version 6 (MilestoneScheduled, position 12) is in the log:", log.lines.get(11))
                .contains("verified: 57 entries");
        assertThat(verify(file, "--checkpoint", log.zip(directory)).code()).isZero();
        assertThat(verify(file).code()).isEqualTo(2);
        assertThat(verify(file, "--key", Key.of(Exported.ORIGIN)).code()).isEqualTo(1);
        var cut = certificate(11).toString();
        var part = Exported.write(
                directory.resolve("cut"), cut.substring(0, cut.length() - 150).getBytes(UTF_8));
        assertThat(verify(part, "--key", key).text()).startsWith("CANNOT CHECK: the certificate is cut off or garbled");
        Exported.write(
                file, certificate(12).toString().replace("index 12", "index 13").getBytes(UTF_8));
        assertThat(verify(file, "--key", key))
                .isEqualTo(new Said(1, "WRONG: the fact is not entry 13 of the log of 57 entries\n"));
    }

    @Test
    void a_certificate_of_another_history_than_the_kept_one_is_wrong() {
        var kept = log.zip(directory);
        var checkpoint = Exported.write(
                directory.resolve("kept"), log.checkpoint.toString().getBytes(UTF_8));
        replace(log, 12, "\"weight\":2", "\"weight\":1").integrated();
        assertNotOneLog(11, "--checkpoint", kept);
        assertNotOneLog(11, "--key", key, "--checkpoint", checkpoint);
        log.record(Story.CLOSED, "lakeside");
        log.integrated();
        assertNotOneLog(11, "--checkpoint", kept);
    }

    private void assertNotOneLog(int index, Object... options) {
        var file = Exported.write(
                directory.resolve("fact.tlog-proof"),
                certificate(index).toString().getBytes(UTF_8));
        var said = verify(Stream.concat(Stream.of(file), Arrays.stream(options)).toArray());
        assertThat(said.text().lines().toList().getLast()).startsWith("WRONG: ").contains("are not one log");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void a_certificate_by_a_key_that_nobody_handed_over_to_is_wrong() {
        var stranger = Key.of(Exported.ORIGIN);
        log.introduce(stranger);
        log.integrated();
        log.checkpoint = log.checkpoint(List.of(key));
        var kept = log.zip(directory);
        log.checkpoint = log.checkpoint(List.of(stranger));
        var file = Exported.write(
                directory.resolve("fact.tlog-proof"), certificate(11).toString().getBytes(UTF_8));

        assertThat(verify(file, "--checkpoint", kept)).extracting(Said::code).isEqualTo(1);
    }

    private Certificate certificate(int index) {
        var leaves = log.leaves();
        var tree = new MerkleTree((height, i) ->
                LineFile.root(leaves.subList((int) i << height, (int) (i + 1) << height), 1L << height));
        return new Certificate(
                log.lines.get(index).getBytes(UTF_8), index, tree.inclusion(index, leaves.size()), log.checkpoint);
    }

    @Test
    void what_cannot_be_used_is_said_with_2() {
        var zip = log.zip(directory);

        assertThat(verify()).extracting(Said::code).isEqualTo(2);
        assertThat(verify("--key").text()).contains("usage: ops/verify");
        assertThat(verify(zip, "--key", "nonsense").text()).contains("--key: no key: 'nonsense'");
        assertThat(verify(zip, "--checkpoint", directory.resolve("none")).code())
                .isEqualTo(2);
        assertThat(verify(directory.resolve("none")).text()).contains("none is not there");
        assertThat(verify("http://127.0.0.1:1").text()).contains("CANNOT CHECK: http://127.0.0.1:1 does not answer");
    }
}
