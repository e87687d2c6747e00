package milepost.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import milepost.query.audit.Note.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {
    /** The key and the note that the C2SP specification gives as its example. */
    private static final VerifierKey EXAMPLE =
            VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    private static final String NOTE = """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    @Test
    void verifies_the_example_of_the_specification() {
        var note = Note.parse(NOTE);
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.signedBy(Set.of(EXAMPLE))).containsExactly(EXAMPLE);
        assertThat(note).hasToString(NOTE);
        assertThat(EXAMPLE).hasToString("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    }

    @Test
    void refuses_a_text_that_was_changed() {
        var note = Note.parse(NOTE.replace("an example", "no example"));
        assertThatThrownBy(() -> note.signedBy(Set.of(EXAMPLE)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("not of this text");
    }

    @Test
    void passes_over_the_signatures_of_others_and_wants_one_of_ours() {
        var ours = new TestSigner("example.org/log");
        var others = new TestSigner("example.org/log");
        var note = Note.parse(Note.sign("text\n", List.of(others, ours)).toString());
        assertThat(note.signedBy(Set.of(ours.key()))).containsExactly(ours.key());
        assertThat(note.signedBy(Set.of(ours.key(), others.key()))).hasSize(2);
        assertThatThrownBy(() -> note.signedBy(Set.of(EXAMPLE)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("signed by none of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text\n",
                "text\n\n",
                "text\n\n— a",
                "text\n\n— a\n",
                "text\n\n— a AAAA\n",
                "text\n\n— a ????????\n",
                "te\txt\n\n— a AAAAAAAAAAAA\n",
                "text\n\n- a AAAAAAAAAAAA\n"
            })
    void refuses_what_is_no_note(String text) {
        assertThatThrownBy(() -> Note.parse(text)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a+b",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fox+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void refuses_what_is_no_key(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_checkpoint_reads_back_and_extension_lines_are_passed_over() {
        var checkpoint = new Checkpoint("example.org/log", 17, Hash.leaf("x".getBytes(UTF_8)));
        assertThat(Checkpoint.parse(checkpoint.toString())).isEqualTo(checkpoint);
        assertThat(Checkpoint.parse(checkpoint + "more\n")).isEqualTo(checkpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n", "a\n1\n", "a\n01\nx\n", "a\n-1\nx\n", "a\n1\nAAAA\n", "a\n1\n????\n"})
    void refuses_what_is_no_checkpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(Refused.class);
    }

    @Test
    void a_certificate_reads_back_and_holds_only_for_its_fact() {
        var signer = new TestSigner("example.org/log");
        var line = "a line".getBytes(UTF_8);
        var root = Hash.node(Hash.leaf("first".getBytes(UTF_8)), Hash.leaf(line));
        var note = Note.sign(new Checkpoint("example.org/log", 2, root).toString(), List.of(signer));
        var certificate = new Certificate(line, 1, List.of(Hash.leaf("first".getBytes(UTF_8))), note);
        var read = Certificate.parse(certificate.toString());
        assertThat(read).hasToString(certificate.toString());
        assertThat(read.verify(Set.of(signer.key())).size()).isEqualTo(2);
        var other = new Certificate("another".getBytes(UTF_8), 1, certificate.path(), note);
        assertThatThrownBy(() -> other.verify(Set.of(signer.key()))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> read.verify(Set.of(EXAMPLE))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Certificate.parse("c2sp.org/tlog-proof@v1\nindex 0\n\n" + note))
                .isInstanceOf(Refused.class);
    }
}
