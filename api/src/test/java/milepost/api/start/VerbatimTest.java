package milepost.api.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What people give is what the settings are, through application.yml and Spring's own binding. */
class VerbatimTest {
    private static final String VARIABLE = "MILEPOST_ADMIN_PASSWORD";

    @TempDir
    Path files;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Blue${HOME}kite-72!",
                "a\\${b}",
                "a\\\\${b}c\\",
                "#{1 + 1}",
                " spaces around ",
                "100%d %HOME%",
                "Zwölf Schlüssel 鍵",
                "${",
                "$${x:${y}}}",
                "${{}",
                "a: b # c"
            })
    void it_is_taken_byte_for_byte(String given) throws Exception {
        var environment =
                environment(Map.of(VARIABLE, given, "MILEPOST_DATA_DIR", given, "MILEPOST_DB_PASSWORD", given));
        assertThat(bound(environment, "milepost.accounts.admin-password")).isEqualTo(given);
        assertThat(bound(environment, "milepost.audit.dir")).isEqualTo(given);
        assertThat(bound(environment, "milepost.db.password")).isEqualTo(given);
        assertThat(environment.getProperty("milepost.accounts.admin-password")).isEqualTo(given);

        Files.writeString(files.resolve("milepost.db.password"), given + "\n");
        Files.writeString(files.resolve("milepost.db.user"), given);
        Files.writeString(files.resolve(VARIABLE), given);
        var fromFiles = environment(
                Map.of("SPRING_CONFIG_IMPORT", "configtree:${CREDENTIALS}/", "CREDENTIALS", files.toString()));
        assertThat(bound(fromFiles, "milepost.db.password")).isEqualTo(given);
        assertThat(bound(fromFiles, "milepost.db.user")).isEqualTo(given);
        assertThat(bound(fromFiles, "milepost.accounts.admin-password")).isEqualTo(given);
    }

    @Test
    void no_text_of_such_signs_is_read_otherwise() {
        var chance = new Random(72);
        for (int i = 0; i < 2000; i++) {
            var given = chance.ints(1 + chance.nextInt(9), 0, 7)
                    .collect(StringBuilder::new, (text, n) -> text.append("$${}\\:a".charAt(n)), StringBuilder::append)
                    .toString();
            var environment = new StandardEnvironment();
            environment
                    .getPropertySources()
                    .addFirst(new SystemEnvironmentPropertySource(
                            "systemEnvironment", Map.of("GIVEN", given, "a", "no")));
            new Verbatim().postProcessEnvironment(environment, new SpringApplication());
            assertThat(bound(environment, "given")).isEqualTo(given);
        }
    }

    @Test
    void what_the_locale_has_no_letters_for_is_refused_and_not_repeated() {
        assertThatThrownBy(() -> environment(Map.of(VARIABLE, "Zw\uFFFD\uFFFDlf")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(VARIABLE + " has letters that cannot be read in this locale. Set LC_ALL=C.UTF-8")
                .hasMessageNotContaining("Zw");
    }

    /** As Spring Boot makes it of these variables, with application.yml and all that it finds to do, whoever listens at 8080. */
    private static StandardEnvironment environment(Map<String, Object> given) {
        var variables = new HashMap<>(given);
        variables.putAll(Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0"));
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
        new EnvironmentPostProcessorApplicationListener()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], environment));
        return environment;
    }

    private static String bound(StandardEnvironment environment, String property) {
        return Binder.get(environment).bind(property, String.class).get();
    }
}
