package milepost.api.start.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import milepost.command.NetworkDocuments;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.DefaultResourceLoader;

/** What rules let evidence name is what can be read of it. */
class DocumentsTest {
    @Test
    void the_documents_that_evidence_may_name_are_those_of_the_dataset() {
        var documents = new Documents(new DatasetFiles(new DefaultResourceLoader()));
        assertThat(documents.documents().stream().map(Documents.Document::document))
                .containsExactlyInAnyOrderElementsOf(NetworkDocuments.IDS);
    }
}
