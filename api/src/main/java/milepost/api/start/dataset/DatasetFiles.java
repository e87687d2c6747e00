package milepost.api.start.dataset;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import milepost.api.start.StartFailure;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The network's own documents, as the files in {@code ascn/} print them. */
@Component
public class DatasetFiles {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final ResourceLoader resources;

    DatasetFiles(ResourceLoader resources) {
        this.resources = resources;
    }

    List<Row> rows(String file) {
        try (var reader = new InputStreamReader(resource(file).getInputStream(), StandardCharsets.UTF_8);
                var parser = CSV.parse(reader)) {
            return rows(file, parser);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static List<Row> rows(String file, CSVParser parser) {
        var rows = new ArrayList<Row>();
        try {
            for (var row : parser) rows.add(new Row(file, parser.getCurrentLineNumber(), row.toMap()));
            return rows;
        } catch (UncheckedIOException e) {
            throw unreadable(file, e);
        }
    }

    /** The parser's own words name the line. */
    private static StartFailure unreadable(String file, Exception e) {
        return new StartFailure(
                "The dataset's file " + file + " cannot be read: " + e.getMessage(),
                "Mend the files in ascn/, or set MILEPOST_DATASET=none",
                e);
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
