package milepost.api.dataset;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The network's own documents, as the files in {@code ascn/} print them. */
@Component
public class Files {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final ResourceLoader resources;

    Files(ResourceLoader resources) {
        this.resources = resources;
    }

    List<Row> rows(String file) {
        try (var reader = new InputStreamReader(resource(file).getInputStream(), StandardCharsets.UTF_8);
                var parser = CSV.parse(reader)) {
            var rows = new ArrayList<Row>();
            for (var row : parser) rows.add(new Row(file, parser.getCurrentLineNumber(), row.toMap()));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ASEAN Smart Cities Framework. */
    public JsonNode framework() {
        try (var in = resource("framework.json").getInputStream()) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Resource resource(String file) {
        return resources.getResource("classpath:ascn/" + file);
    }
}
