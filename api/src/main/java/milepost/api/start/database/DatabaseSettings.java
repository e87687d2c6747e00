package milepost.api.start.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The environment's MILEPOST_DB_URL, MILEPOST_DB_USER, MILEPOST_DB_PASSWORD and MILEPOST_DATA_DIR; blank is unset. */
@ConfigurationProperties("milepost")
record DatabaseSettings(@DefaultValue Db db, @DefaultValue Data data) {
    record Db(
            @DefaultValue("") String url,
            @DefaultValue("") String user,
            @DefaultValue("") String password) {
        boolean given() {
            return !url.isBlank();
        }
    }

    record Data(@DefaultValue("") String dir) {
        Path path() {
            return Path.of(dir.isBlank() ? "data" : dir);
        }
    }
}
